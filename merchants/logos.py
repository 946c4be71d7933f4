"""Logos come from strangers. What is stored is never their file but a picture drawn anew from
its pixels: no metadata, no second format hidden behind the first, no surprising size."""

import io
import warnings

from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from merchants.errors import BadLogoError

MAX_BYTES = 5 * 2**20
MIN_EDGE = 64  # pixels
MAX_PIXELS = 25_000_000
STORED_EDGE = 600  # pixels, the longer one
FORMATS = ("PNG", "JPEG", "WEBP")


def clean_logo(file: UploadedFile) -> ContentFile:
    """The logo, as a PNG of at most 600 by 600 pixels.

    Raises BadLogoError with a sentence that says what to do.
    """
    if (file.size or 0) > MAX_BYTES:
        raise BadLogoError(_("This logo is larger than 5 MB. Save it smaller and try again."))
    drawn = _draw_anew(_open(file))
    out = io.BytesIO()
    drawn.save(out, "PNG", optimize=True)
    return ContentFile(out.getvalue(), name="logo.png")


def _open(file: UploadedFile) -> Image.Image:
    file.seek(0)
    try:
        with warnings.catch_warnings():
            # Pillow warns of pictures that unpack to very much; that is a refusal here.
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            image = Image.open(file, formats=FORMATS)
            _check_size(image)
            image.load()
    except BadLogoError:
        raise
    except Exception as error:  # Pillow raises of every kind on broken files
        raise BadLogoError(
            _("This file is not a picture we can read. Upload the logo as PNG, JPEG or WebP.")
        ) from error
    return image


def _check_size(image: Image.Image) -> None:
    width, height = image.size
    if width * height > MAX_PIXELS:
        raise BadLogoError(
            _("This logo has more than 25 million pixels. Save it smaller and try again.")
        )
    if min(width, height) < MIN_EDGE:
        raise BadLogoError(_("This logo is smaller than 64 by 64 pixels. Upload a larger one."))


def _draw_anew(image: Image.Image) -> Image.Image:
    upright = ImageOps.exif_transpose(image).convert("RGBA")
    upright.thumbnail((STORED_EDGE, STORED_EDGE))
    canvas = Image.new("RGBA", upright.size)
    canvas.paste(upright)
    return canvas
