"""Pictures: taken from strangers, kept as clean files."""

import io
import warnings
from contextlib import suppress
from pathlib import PurePath

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from PIL import Image, ImageOps
from wagtail.images.models import SourceImageIOError
from wagtail.models import Collection

from media_pipeline.errors import MediaRefusedError
from media_pipeline.models import Picture, Source, Still
from merchants.models import Merchant

FORMATS = ("JPEG", "PNG", "WEBP", "AVIF")
LONGEST_EDGE = 4096  # pixels; more is never shown
SMALLEST_EDGE = 16  # pixels
# What pages show of a picture (templatetags/media.py): the browser takes the first kind that it can
# read, and the width that fits.
SHOWN_WIDTHS = (320, 640, 1280)
SHOWN_KINDS = ("avif", "webp", "jpeg")
SHOWN = tuple(f"width-{width}|format-{kind}" for width in SHOWN_WIDTHS for kind in SHOWN_KINDS)
THUMB = "width-320|format-webp"  # what choosing a poster shows


def create_picture(
    *,
    merchant: Merchant | None,
    file: File,
    title: str,
    collection: Collection | None = None,
) -> Picture:
    """Keeps a picture, made anew from its pixels: upright, in a size that can be shown, and
    without what a camera writes into it (the place, the time, the device's number) or what
    somebody may have hidden in it. Raises MediaRefusedError."""
    image = _read(file)
    content, suffix = _written(image)
    picture = Picture(
        merchant=merchant,
        title=(title.strip() or PurePath(file.name or "").stem or _("Picture"))[:255],
        file=ContentFile(content, name=f"picture.{suffix}"),
        file_size=len(content),
    )
    if collection:
        picture.collection = collection
    picture._set_file_hash()
    picture.save()
    return picture


def make_shown_renditions(*, picture_id: int, is_chosen: bool = False) -> None:
    """Make every size in which pages show a picture, so that nobody who opens a page waits for
    them. What is there already is left. Of a still that could be a poster, one small size is
    enough, until it `is_chosen`."""
    picture = Picture.objects.filter(pk=picture_id).first()
    if picture is not None:
        with suppress(SourceImageIOError):  # its file is gone: there is nothing to show
            is_shown = is_chosen or not _is_candidate(picture)
            picture.get_renditions(*(SHOWN if is_shown else (THUMB,)))


def _is_candidate(picture: Picture) -> bool:
    """A still that only its merchant sees, to choose from."""
    is_still = Still.objects.filter(picture=picture).exists()
    return is_still and not Source.objects.filter(poster=picture).exists()


def _read(file: File) -> Image.Image:
    if file.size > settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE:
        raise MediaRefusedError(
            _("This picture is larger than %(limit)s. Save it smaller and try again.")
            % {"limit": filesizeformat(settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE)}
        )
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(file.open("rb"), formats=FORMATS)
            _check_size(image)
            image.load()
    except MediaRefusedError:
        raise
    except Image.DecompressionBombError as error:
        raise _too_many_pixels() from error
    except Exception as error:  # a decoder meets hostile bytes with any exception there is
        raise MediaRefusedError(
            _("This is not a picture that we can read. Save it as JPEG, PNG, WebP or AVIF.")
        ) from error
    upright = ImageOps.exif_transpose(image)
    upright.thumbnail((LONGEST_EDGE, LONGEST_EDGE))
    return upright


def _check_size(image: Image.Image) -> None:
    if image.width * image.height > settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS:
        raise _too_many_pixels()
    if min(image.size) < SMALLEST_EDGE:
        raise MediaRefusedError(_("This picture is too small to show. Choose a larger one."))


def _too_many_pixels() -> MediaRefusedError:
    return MediaRefusedError(
        _("This picture has more than %(limit)s million pixels. Save it smaller.")
        % {"limit": settings.WAGTAILIMAGES_MAX_IMAGE_PIXELS // 1_000_000}
    )


def _written(image: Image.Image) -> tuple[bytes, str]:
    """(bytes, suffix): JPEG, or WebP without loss where there is something to see through."""
    profile = image.info.get("icc_profile")
    target = io.BytesIO()
    if image.has_transparency_data:
        image.convert("RGBA").save(target, "WEBP", lossless=True, icc_profile=profile)
        return target.getvalue(), "webp"
    image.convert("RGB").save(
        target,
        "JPEG",
        quality=90,
        progressive=True,
        icc_profile=profile if image.mode == "RGB" else None,
    )
    return target.getvalue(), "jpg"
