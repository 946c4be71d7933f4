import av
import pytest

from demo import library
from demo.errors import FilmNotRenderedError
from demo.films import rendering
from demo.films.frames import RATE, SIZES, Layout, draw_caption, frames_of
from demo.library import Film, Scene


def film(**fields):
    scenes = (Scene("scene:kettles", "A title", 0.8), Scene("diagram:spine", "A caption", 0.8))
    return Film(
        key="short",
        title="Short",
        description="",
        product="",
        guide="",
        **({"scenes": scenes, "chord": (220.0, 330.0)} | fields),
    )


@pytest.mark.parametrize("shape", SIZES)
def test_a_film_is_rendered_in_its_format_and_length(tmp_path, shape):
    heard = []
    rendering.render_film(
        film=film(format=shape), target=tmp_path / "film.mp4", on_progress=heard.append
    )

    with av.open(str(tmp_path / "film.mp4")) as container:
        [video] = container.streams.video
        [sound] = container.streams.audio
        assert (video.width, video.height) == SIZES[shape]
        assert video.frames == 1.6 * RATE
        assert sound.duration * sound.time_base == pytest.approx(1.6, abs=0.1)
    assert heard[0] == 0
    assert heard[-1] == 1
    assert heard == sorted(heard)


def test_a_film_without_a_chord_has_no_sound(tmp_path):
    rendering.render_film(film=film(chord=()), target=tmp_path / "film.mp4")

    with av.open(str(tmp_path / "film.mp4")) as container:
        assert len(container.streams.audio) == 0


def test_the_picture_moves_and_the_line_grows():
    layout = Layout(*SIZES["landscape"])
    frames = list(frames_of(film()))
    line = [(x, layout.art + 2) for x in range(layout.width)]

    assert len(frames) == 1.6 * RATE
    art = (0, 0, layout.width, layout.art)
    assert len({frame.crop(art).tobytes() for frame in frames}) == len(frames)
    lit = [sum(frame.getpixel(place) == (255, 210, 63) for place in line) for frame in frames]
    assert lit == sorted(lit)
    assert lit[-1] > layout.width * 0.9


@pytest.mark.parametrize("film", library.films(), ids=lambda film: film.key)
def test_captions_fit_their_band_and_need_no_letter_that_the_font_lacks(film):
    layout = Layout(*SIZES[film.format])
    for scene in film.scenes:
        band = draw_caption(scene.caption, layout, is_title=False)
        edge = [band.getpixel((x, y)) for x in (0, layout.width - 1) for y in range(layout.band)]

        assert len(set(edge)) == 1
        assert all(
            letter.isascii() or letter in "\N{DEGREE SIGN}\N{RIGHT SINGLE QUOTATION MARK}"
            for letter in scene.caption
        )


def test_ffmpegs_last_words_are_told_and_nothing_is_left(tmp_path):
    target = tmp_path / "no-such-folder" / "film.mp4"

    with pytest.raises(FilmNotRenderedError, match="no-such-folder"):
        rendering.render_film(film=film(), target=target)
    assert list(tmp_path.iterdir()) == []
