import numpy as np
import pytest
from PIL import Image, ImageFilter, ImageOps

from media_pipeline.analysis.material import Frame
from media_pipeline.analysis.posters import Colour, Moments

SIZE = (640, 360)


def shot(seed):
    """Sharp and colourful."""
    random = np.random.default_rng(seed)
    coarse = random.integers(30, 225, (12, 20, 3)).astype(np.uint8)
    return Image.fromarray(coarse).resize(SIZE, Image.Resampling.NEAREST)


def seen_by(watcher, images):
    for second, image in enumerate(images):
        watcher.see(Frame(float(second), image))
    return watcher.fact()


def moments_of(images):
    return seen_by(Moments(duration=len(images)), images)


@pytest.mark.parametrize(
    "worse",
    [
        pytest.param(Image.new("RGB", SIZE, "black"), id="black"),
        pytest.param(shot(1).filter(ImageFilter.GaussianBlur(12)), id="blurred"),
        pytest.param(shot(1).point(lambda level: level // 8), id="too dark"),
        pytest.param(shot(1).point(lambda level: 230 + level // 10), id="too bright"),
        pytest.param(shot(1).convert("L").convert("RGB"), id="without colours"),
    ],
)
def test_the_moment_that_shows_most_is_first(worse):
    assert moments_of([worse, worse, shot(2), worse, worse])[0] == 2.0


def test_moments_that_look_the_same_are_told_once():
    images = [shot(1)] * 6 + [shot(2)] * 6
    assert len(moments_of(images)) == 2


def test_the_ends_come_last():
    """Of four pictures in which there is as much to see."""
    turned = ImageOps.flip(shot(1))
    images = [shot(1), ImageOps.mirror(shot(1)), turned, ImageOps.mirror(turned)]
    assert set(seen_by(Moments(duration=3), images)[:2]) == {1.0, 2.0}


def test_no_frames_no_moments():
    assert moments_of([]) == []


@pytest.mark.parametrize(
    ("around", "product", "colour"),
    [
        pytest.param("#808080", "#c02020", "#c02020", id="a product before a grey wall"),
        pytest.param("#2040a0", "#c02020", "#2040a0", id="more blue than red"),
        pytest.param("#808080", "#909090", "#848484", id="nothing but grey"),
    ],
)
def test_the_colour_that_dominates(around, product, colour):
    image = Image.new("RGB", SIZE, around)
    image.paste(Image.new("RGB", (400, 240), product), (120, 60))
    found = seen_by(Colour(), [image, image])
    distance = np.abs(
        np.array(list(bytes.fromhex(found[1:])), int) - list(bytes.fromhex(colour[1:]))
    )
    assert distance.max() <= 6


def test_without_frames_there_is_no_colour():
    assert seen_by(Colour(), []) == ""
