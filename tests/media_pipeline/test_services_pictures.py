"""Pictures from strangers."""

import io
import zlib

import pytest
from django.core.files.base import ContentFile
from PIL import Image

from media_pipeline.errors import MediaRefusedError
from media_pipeline.services import create_picture
from tests.factories.media_pipeline import picture_bytes
from tests.factories.merchants import MerchantFactory

pytestmark = pytest.mark.django_db

UNREADABLE = "This is not a picture that we can read. Save it as JPEG, PNG, WebP or AVIF."


def create(content, name="photo.jpg", title="A photo"):
    return create_picture(
        merchant=MerchantFactory(), file=ContentFile(content, name=name), title=title
    )


def opened(picture):
    with picture.file.open("rb") as stream:
        image = Image.open(io.BytesIO(stream.read()))
        image.load()
    return image


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_usual_pictures_are_taken(kind):
    picture = create(picture_bytes((300, 200), kind))

    assert (picture.width, picture.height, picture.title) == (300, 200, "A photo")
    assert opened(picture).size == (300, 200)
    assert picture.get_rendition("fill-100x100").width == 100


def test_the_name_tells_nothing_and_cannot_be_guessed():
    first, second = (create(picture_bytes(), name="../secret offer.php.jpg") for _ in range(2))

    assert first.file.name != second.file.name
    assert first.file.name.startswith("pictures/")
    assert "secret" not in first.file.name


def test_a_telephones_picture_comes_out_upright_and_without_the_place():
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif.get_ifd(0x8825)[2] = (48.0, 12.0, 30.0)  # the latitude
    picture = create(picture_bytes((300, 200), exif=exif))

    image = opened(picture)
    assert image.size == (200, 300)
    assert dict(image.getexif()) == {}


def test_what_can_be_seen_through_stays_so():
    target = io.BytesIO()
    Image.new("RGBA", (50, 50), (255, 0, 0, 0)).save(target, "PNG")

    assert opened(create(target.getvalue())).convert("RGBA").getpixel((0, 0))[3] == 0


def test_a_huge_picture_is_kept_in_the_size_that_is_shown():
    assert opened(create(picture_bytes((6000, 3000)))).size == (4096, 2048)


def png_that_claims(width, height):
    """A few bytes that say they are enormous."""

    def chunk(kind, data):
        checksum = zlib.crc32(kind + data).to_bytes(4, "big")
        return len(data).to_bytes(4, "big") + kind + data + checksum

    header = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes([8, 2, 0, 0, 0])
    pixels = zlib.compress(b"\0" * 1000)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", UNREADABLE),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", UNREADABLE),
        (b"<?php system($_GET['c']); ?>", UNREADABLE),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 100, UNREADABLE),
        (picture_bytes()[:500], UNREADABLE),
        (picture_bytes(kind="GIF"), UNREADABLE),
        (picture_bytes(kind="TIFF"), UNREADABLE),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", UNREADABLE),
        (
            png_that_claims(60_000, 60_000),
            "This picture has more than 50 million pixels. Save it smaller.",
        ),
        (
            picture_bytes((8, 8)),
            "This picture is too small to show. Choose a larger one.",
        ),
        (
            b"\0" * (20 * 2**20 + 1),
            "This picture is larger than 20.0\xa0MB. Save it smaller and try again.",
        ),
    ],
)
def test_hostile_and_broken_pictures_are_refused_with_a_sentence(content, sentence):
    with pytest.raises(MediaRefusedError) as refusal:
        create(content)
    assert str(refusal.value) == sentence


def test_what_is_hidden_behind_a_picture_does_not_get_through():
    picture = create(picture_bytes() + b"<script>alert(1)</script>PK\x03\x04")

    with picture.file.open("rb") as stream:
        content = stream.read()
    assert b"<script>" not in content
    assert b"PK\x03\x04" not in content
