import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from media_pipeline.analysis.marks import Marks
from media_pipeline.analysis.material import Frame

SIZE = (640, 360)


def cut(second):
    """A scene of its own: waves of grey in another direction each second."""
    random = np.random.default_rng(second)
    rows, columns = np.indices((SIZE[1], SIZE[0]))
    waves = sum(
        np.sin(rows * down + columns * across + shift)
        for down, across, shift in random.uniform(-0.06, 0.06, (4, 3)) * (1, 1, 50)
    )
    return Image.fromarray((128 + waves * 28).astype(np.uint8)).convert("RGB")


def marked(image, text="SHOPMARK", alpha=160, place=(440, 20)):
    over = Image.new("RGBA", image.size)
    font = ImageFont.load_default(28)
    ImageDraw.Draw(over).text(place, text, (255, 255, 255, alpha), font, stroke_width=1)
    image.paste(over, (0, 0), over)
    return image


def found_in(images):
    marks = Marks()
    for second, image in enumerate(images):
        marks.see(Frame(float(second), image))
    return marks.found()


@pytest.mark.parametrize("alpha", [255, 110])
def test_a_mark_over_a_moving_picture_is_found_and_read(alpha):
    (found,) = found_in([marked(cut(second), alpha=alpha) for second in range(10)])
    assert (found.kind, found.start, found.end, found.detail) == ("watermark", 0, 10, "SHOPMARK")
    assert 0 <= found.shown_at < 10


def test_a_mark_without_letters_is_found():
    def sign(image):
        draw = ImageDraw.Draw(image)
        draw.ellipse((560, 280, 610, 330), fill="white")
        draw.ellipse((575, 295, 595, 315), fill="navy")
        return image

    assert [one.detail for one in found_in([sign(cut(second)) for second in range(10)])] == [""]


@pytest.mark.parametrize(
    "images",
    [
        pytest.param([cut(second) for second in range(10)], id="no mark"),
        pytest.param([marked(cut(1)) for _second in range(10)], id="nothing moves"),
        pytest.param(
            [marked(cut(second)) if second < 5 else cut(second) for second in range(10)],
            id="a title for half of the time",
        ),
        pytest.param(
            [marked(cut(second), place=(20 + second * 40, 300)) for second in range(10)],
            id="letters that move",
        ),
        pytest.param(
            [marked(cut(second), text=f"Step {second * 7}") for second in range(10)][::4],
            id="too short to tell",
        ),
    ],
)
def test_what_is_no_mark(images):
    assert found_in(images) == []


def test_bars_are_no_mark():
    def barred(image):
        draw = ImageDraw.Draw(image)
        draw.rectangle((0, 0, 640, 44), fill="black")
        draw.rectangle((0, 316, 640, 360), fill="black")
        return image

    assert found_in([barred(cut(second)) for second in range(10)]) == []
