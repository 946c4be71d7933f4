import struct
import zlib

import pytest
from PIL import Image

from merchants import logos
from merchants.errors import BadLogoError
from tests.merchants.pictures import picture_bytes, upload


@pytest.mark.parametrize("picture_format", ["PNG", "JPEG", "WEBP"])
def test_pictures_are_stored_as_png_of_at_most_600_pixels(picture_format):
    cleaned = logos.clean_logo(upload(picture_bytes((1500, 900), picture_format)))
    stored = Image.open(cleaned)
    assert (stored.format, stored.size) == ("PNG", (600, 360))


def test_nothing_but_the_pixels_is_kept():
    exif = Image.Exif()
    exif[0x010E] = "taken at home"
    content = picture_bytes(picture_format="JPEG", exif=exif) + b"<script>alert(1)</script>"
    stored = logos.clean_logo(upload(content, "logo.jpg")).read()
    assert b"taken at home" not in stored
    assert b"script" not in stored


def test_a_picture_on_its_side_is_put_upright():
    exif = Image.Exif()
    exif[0x0112] = 6
    content = picture_bytes((300, 100), "JPEG", exif=exif)
    assert Image.open(logos.clean_logo(upload(content))).size == (100, 300)


def bomb():
    """A PNG of a few bytes that says it has 100,000 × 100,000 pixels."""

    def chunk(name, body):
        return (
            struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        )

    header = struct.pack(">IIBBBBB", 100_000, 100_000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 99))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "not a picture"),
        (b"GIF89a" + b"\0" * 40, "not a picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not a picture"),
        (picture_bytes()[:60], "not a picture"),
        (picture_bytes(picture_format="GIF"), "not a picture"),
        (picture_bytes((40, 400)), "smaller than 64"),
        (picture_bytes((6000, 5000)), "25 million"),
        (bomb(), "not a picture|25 million"),
        (b"\0" * (5 * 2**20 + 1), "larger than 5 MB"),
    ],
    ids=["empty", "broken", "svg", "cut", "gif", "small", "large", "bomb", "heavy"],
)
def test_what_is_no_logo_is_refused_with_what_to_do(content, sentence):
    with pytest.raises(BadLogoError, match=sentence):
        logos.clean_logo(upload(content))
