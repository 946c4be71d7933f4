import numpy as np
import pytest

from media_pipeline.analysis import motion
from tests.media_pipeline.leftovers import RATE, leave


def plain(level, frames):
    return [np.full((18, 32, 3), level)] * frames


def moving(frames):
    """A light that wanders over something grey."""
    shots = []
    for number in range(frames):
        shot = np.full((18, 32, 3), 120)
        shot[9, number % 32] = 200
        shots.append(shot)
    return shots


def strobe(hertz, seconds, *, dark=(20, 20, 20), light=(230, 230, 230), area=slice(None)):
    shots = []
    for number in range(int(seconds * RATE)):
        shot = np.full((18, 32, 3), dark)
        if (number * hertz / RATE) % 1 < 0.5:
            shot[area, area] = light
        shots.append(shot)
    return shots


def test_a_black_stretch_is_found_where_it_is(tmp_path):
    material = leave(tmp_path, motion=[*moving(50), *plain(16, 50), *moving(50)])
    (found,) = motion.black(material)
    assert (found.kind, found.start, found.end, found.shown_at) == ("black", 2.0, 4.0, 3.0)


@pytest.mark.parametrize(
    "between",
    [
        pytest.param(plain(16, 25), id="a second"),
        pytest.param(plain(60, 75), id="grey"),
        pytest.param([np.pad([[[200] * 3]], ((9, 8), (9, 22), (0, 0)))] * 75, id="one light"),
    ],
)
def test_what_is_short_or_can_be_seen_is_not_black(tmp_path, between):
    assert motion.black(leave(tmp_path, motion=[*moving(25), *between, *moving(25)])) == []


def test_a_picture_that_stops_is_found_where_it_does(tmp_path):
    still = moving(1) * 150
    material = leave(tmp_path, motion=[*moving(50), *still, *moving(50)])
    (found,) = motion.frozen(material)
    assert found.kind == "frozen"
    assert (round(found.start), round(found.end)) == (2, 8)


def test_a_codecs_noise_does_not_move_a_picture(tmp_path):
    random = np.random.default_rng(1)
    shots = [np.full((18, 32, 3), 120) + random.integers(0, 2, (18, 32, 3)) for _ in range(150)]
    assert [one.kind for one in motion.frozen(leave(tmp_path, motion=shots))] == ["frozen"]


@pytest.mark.parametrize(
    "shots",
    [
        pytest.param(moving(200), id="moves"),
        pytest.param(moving(1) * 100 + moving(50), id="four seconds"),
        pytest.param([*moving(25), *plain(16, 200)], id="black"),
        pytest.param([np.full((18, 32, 3), 60 + n // 4) for n in range(200)], id="grows light"),
    ],
)
def test_what_moves_or_is_short_or_black_is_not_frozen(tmp_path, shots):
    assert motion.frozen(leave(tmp_path, motion=shots)) == []


def test_more_than_three_flashes_in_a_second_are_found(tmp_path):
    material = leave(tmp_path, motion=[*moving(50), *strobe(5, 2), *moving(50)])
    (found,) = motion.flashes(material)
    assert (found.kind, found.detail) == ("flashes", "5/s")
    assert found.start == pytest.approx(2, abs=0.5)
    assert found.end == pytest.approx(4, abs=0.5)


def test_saturated_red_that_is_no_brighter_is_found(tmp_path):
    # The grey's relative luminance is that of the red, within a hundredth.
    shots = strobe(5, 2, dark=(127, 127, 127), light=(255, 0, 0))
    (found,) = motion.flashes(leave(tmp_path, motion=shots))
    assert found.detail == "5/s, red"


@pytest.mark.parametrize(
    "shots",
    [
        pytest.param(strobe(2.5, 4), id="two and a half a second"),
        pytest.param(strobe(5, 4, area=slice(3, 6)), id="a small part"),
        pytest.param(strobe(5, 4, dark=(120,) * 3, light=(132,) * 3), id="a small step"),
        pytest.param(strobe(5, 4, dark=(235,) * 3, light=(255,) * 3), id="both bright"),
        pytest.param(strobe(5, 4, dark=(0, 127, 0), light=(80, 110, 80)), id="green, no brighter"),
    ],
)
def test_what_cannot_hurt_is_not_a_flash(tmp_path, shots):
    assert motion.flashes(leave(tmp_path, motion=shots)) == []


def test_things_that_move_through_the_picture_do_not_flash(tmp_path):
    """Stripes: every cell changes often, but no quarter of a field at once."""
    columns = np.arange(32)
    shots = []
    for number in range(100):
        shot = np.full((18, 32, 3), 30)
        shot[:, (columns + number) % 8 < 1] = 220
        shots.append(shot)
    assert motion.flashes(leave(tmp_path, motion=shots)) == []
