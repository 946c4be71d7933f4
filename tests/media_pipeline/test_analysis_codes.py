import numpy as np
import pytest
import zxingcpp
from PIL import Image, ImageOps

from media_pipeline.analysis.codes import Codes
from media_pipeline.analysis.material import Found, Frame
from tests.media_pipeline.leftovers import picture

FORMATS = zxingcpp.BarcodeFormat


def code(text, kind=FORMATS.QRCode, scale=4):
    drawn = zxingcpp.write_barcode_to_image(zxingcpp.create_barcode(text, kind), scale=scale)
    return Image.fromarray(np.array(drawn)).convert("L")


def scene(*stickers, size=(960, 540)):
    """Something to look at, with codes on it."""
    image = Image.fromarray(picture(3, size=(size[1], size[0]))).convert("RGB")
    for number, sticker in enumerate(stickers):
        image.paste(sticker, (80 + 400 * number, 100))
    return image


def found_in(*images):
    codes = Codes()
    for second, image in enumerate(images):
        codes.see(Frame(float(second), image))
    return codes.found()


def test_a_code_is_found_while_it_is_to_be_seen():
    plain, shown = scene(), scene(code("https://example.com/buy"))
    assert found_in(plain, shown, shown, plain) == [
        Found("code", 1.0, 3.0, "QR: https://example.com/buy", shown_at=1.0)
    ]


def test_it_is_a_new_finding_when_it_comes_again_much_later():
    plain, shown = scene(), scene(code("again"))
    found = found_in(shown, *[plain] * 5, shown)
    assert [(one.start, one.end) for one in found] == [(0.0, 1.0), (6.0, 7.0)]


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(ImageOps.invert, id="light on dark"),
        pytest.param(lambda image: image.rotate(13, fillcolor="white", expand=True), id="tilted"),
        pytest.param(lambda image: image.resize((90, 90)), id="small"),
        pytest.param(lambda image: image.point(lambda level: level // 3 + 60), id="pale"),
    ],
)
def test_it_is_found_however_it_is_filmed(change):
    sticker = ImageOps.expand(code("example.com"), 12, "white")
    assert [one.detail for one in found_in(scene(change(sticker)))] == ["QR: example.com"]


@pytest.mark.parametrize("kind", [FORMATS.DataMatrix, FORMATS.Aztec, FORMATS.PDF417])
def test_other_kinds_of_codes(kind):
    (found,) = found_in(scene(code("example.com", kind)))
    assert found.detail.endswith(": example.com")


def test_a_bar_code_counts_when_it_is_read_twice():
    shown = scene(code("4006381333931", FORMATS.EAN13))
    assert [one.detail for one in found_in(shown, shown)] == ["EAN: 4006381333931"]
    assert found_in(shown, scene()) == []


def test_stripes_and_squares_are_no_codes():
    stripes = Image.fromarray(np.tile(np.repeat([0, 255], 5), (300, 60)).astype(np.uint8))
    squares = Image.fromarray(np.kron(np.indices((20, 20)).sum(axis=0) % 2, np.ones((9, 9))) * 255)
    shots = [scene(stripes, squares.convert("L")), scene(stripes), scene()]
    assert found_in(*shots, *shots) == []
