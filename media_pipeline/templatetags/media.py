"""How pages write pictures, and what is measured of videos."""

from django import template
from django.db.models import prefetch_related_objects
from django.utils.formats import number_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.images.models import Picture as PictureElement
from wagtail.images.shortcuts import get_renditions_or_not_found

from media_pipeline.models import Picture
from media_pipeline.services.pictures import SHOWN_KINDS, SHOWN_WIDTHS

register = template.Library()


@register.simple_tag
def shown_picture(
    picture: Picture, *, alt: str = "", sizes: str = "100vw", eager: bool = False
) -> SafeString:
    """A <picture> element, as Wagtail's own tag writes it, of the kinds that were made already:
    AVIF takes a second of a processor, for which nobody who opens a page should wait. `eager` is
    for what is seen first."""
    prefetch_related_objects([picture], "renditions")
    made = {rendition.filter_spec for rendition in picture.renditions.all()}
    kinds = [kind for kind in SHOWN_KINDS[:-1] if made.issuperset(_specs(kind))]
    specs = [spec for kind in (*kinds, SHOWN_KINDS[-1]) for spec in _specs(kind)]
    urgency = {"fetchpriority": "high"} if eager else {"loading": "lazy"}
    attributes = {"alt": alt, "sizes": sizes, "decoding": "async", **urgency}
    renditions = get_renditions_or_not_found(picture, specs)
    element: SafeString = PictureElement(renditions, attributes).__html__()
    return element


def _specs(kind: str) -> list[str]:
    return [f"width-{width}|format-{kind}" for width in SHOWN_WIDTHS]


@register.filter
def bit_rate(bits: float | None) -> str:
    """Bits a second as people read them: 820 kbit/s, 2.4 Mbit/s."""
    if bits is None:
        return ""
    if bits < 1_000_000:
        return _("%(rate)s kbit/s") % {"rate": number_format(round(bits / 1000))}
    return _("%(rate)s Mbit/s") % {"rate": number_format(round(bits / 1_000_000, 1), 1)}


@register.filter
def decibels(level: float | None) -> str:
    """With a true minus, which lines up with digits: −16.0."""
    return "" if level is None else number_format(round(level, 1), 1).replace("-", "−")
