import numpy as np
import pytest
from PIL import Image, ImageFilter

from media_pipeline.analysis import quality
from tests.media_pipeline.leftovers import leave, picture

SECONDS = 6


def seen_by(check, folder, frames):
    material = leave(folder, frames=frames)
    watching = check(material)
    for frame in material.frames():
        watching.see(frame)
    return watching.found()


def barred(rows=0, columns=0, level=16):
    shots = [picture(seed) for seed in range(SECONDS)]
    for shot in shots:
        shot[:rows], shot[360 - rows :] = level, level
        shot[:, :columns], shot[:, 640 - columns :] = level, level
    return shots


def blurred(shots, radius):
    return [
        np.array(Image.fromarray(one).filter(ImageFilter.GaussianBlur(radius))) for one in shots
    ]


def in_squares(grey, side=8, rest=0.1):
    """Each square nearly of its own grey, as a codec leaves it."""
    rows, columns = grey.shape[0] // side, grey.shape[1] // side
    means = grey.reshape(rows, side, columns, side).mean(axis=(1, 3), keepdims=True)
    whole = means + (grey.reshape(rows, side, columns, side) - means) * rest
    return whole.reshape(grey.shape)


def smooth(seed=1):
    """Slow waves, as a sky or a wall has them."""
    random = np.random.default_rng(seed)
    coarse = Image.fromarray(random.integers(60, 200, (8, 8)).astype(np.uint8))
    return np.asarray(coarse.resize((480, 360), Image.Resampling.BICUBIC)).astype(float)


def noisy(seed):
    return np.random.default_rng(seed).integers(40, 220, (360, 480))


def tiled():
    """Grey tiles with dark joints, 20 pixels by 12."""
    wall = smooth()
    wall[::12], wall[:, ::20] = 30, 30
    return wall


@pytest.mark.parametrize(
    ("frames", "share"),
    [
        pytest.param(barred(rows=46), "26%", id="cinema"),
        pytest.param(barred(columns=80, level=22), "25%", id="television, not quite black"),
    ],
)
def test_bars_are_found(tmp_path, frames, share):
    (found,) = seen_by(quality.Letterbox, tmp_path, frames)
    assert (found.kind, found.detail, found.start, found.end) == ("letterbox", share, 0, SECONDS)


def test_bars_with_subtitles_in_them_are_found(tmp_path):
    frames = barred(rows=46)
    for one in frames[::3]:
        one[330:345, 200:400:10] = 255
    assert len(seen_by(quality.Letterbox, tmp_path, frames)) == 1


def a_disc_on_black():
    y, x = np.mgrid[:360, :640]
    inside = np.hypot(x - 320, y - 180) < 120
    return [np.where(inside, one, 16) for one in barred()]


def only_above():
    shots = barred()
    for one in shots:
        one[:46] = 16
    return shots


@pytest.mark.parametrize(
    "frames",
    [
        pytest.param(barred(), id="none"),
        pytest.param(barred(rows=4, columns=4), id="a thin frame"),
        pytest.param(barred(rows=46, level=235), id="white"),
        pytest.param(only_above(), id="only above"),
        pytest.param(a_disc_on_black(), id="a round thing on black"),
        pytest.param([np.full((360, 640), 16)] * 3, id="black"),
    ],
)
def test_what_is_no_bar_is_left_alone(tmp_path, frames):
    assert seen_by(quality.Letterbox, tmp_path, frames) == []


def test_a_blurred_stretch_is_found_where_it_is(tmp_path):
    sharp = barred()
    frames = [*sharp[:2], *blurred(sharp[:5], 5), *sharp[:2]]
    (found,) = seen_by(quality.Blur, tmp_path, frames)
    assert (found.kind, found.start, found.end) == ("blur", 2, 7)


def in_front_of_a_blurred_background():
    shots = blurred(barred(), 6)
    for one, sharp in zip(shots, barred(), strict=True):
        one[100:260, 220:420] = sharp[100:260, 220:420]
    return shots


@pytest.mark.parametrize(
    "frames",
    [
        pytest.param(barred(), id="sharp"),
        pytest.param(blurred(barred(), 0.8), id="a little soft"),
        pytest.param(in_front_of_a_blurred_background(), id="only the background"),
        pytest.param([np.full((360, 640), 90)] * SECONDS, id="one colour"),
        pytest.param([*barred(), *blurred(barred()[:1], 6), *barred()], id="for a second"),
    ],
)
def test_what_is_sharp_somewhere_is_not_blurred(tmp_path, frames):
    assert seen_by(quality.Blur, tmp_path, frames) == []


def test_pictures_in_squares_are_found(tmp_path):
    material = leave(tmp_path, details=[in_squares(smooth(seed)) for seed in range(3)])
    assert [one.kind for one in quality.blocks(material)] == ["blocks"]


@pytest.mark.parametrize(
    "details",
    [
        pytest.param([smooth(seed) for seed in range(3)], id="smooth"),
        pytest.param([noisy(seed) for seed in range(3)], id="noisy"),
        pytest.param([tiled()] * 3, id="tiles of another size"),
        pytest.param([], id="none"),
    ],
)
def test_pictures_without_squares_are_left_alone(tmp_path, details):
    assert quality.blocks(leave(tmp_path, details=details)) == []


@pytest.mark.parametrize(
    ("fields", "flagged", "expected"),
    [
        pytest.param(["tff"] * 40 + ["undetermined"] * 10, False, 1, id="combed"),
        pytest.param(["progressive"] * 90, False, 0, id="progressive"),
        pytest.param(["progressive"] * 90, True, 0, id="says so, but isn't"),
        pytest.param(["undetermined"] * 20, True, 1, id="says so, and nothing moves"),
        pytest.param(["undetermined"] * 20, False, 0, id="nothing moves"),
        pytest.param(["tff", "bff"] * 20, False, 0, id="a pattern, not fields"),
        pytest.param(["bff"] * 8 + ["progressive"] * 80, False, 0, id="some frames"),
        pytest.param((["tff"] * 4 + ["progressive"]) * 20, False, 1, id="telecine"),
    ],
)
def test_half_pictures_are_told_from_whole_ones(tmp_path, fields, flagged, expected):
    material = leave(tmp_path, fields=fields, facts={"video": {"interlaced": flagged}})
    assert len(quality.interlaced(material)) == expected
