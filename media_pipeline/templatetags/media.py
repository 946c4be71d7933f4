"""How pages write what is measured of videos."""

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def bit_rate(bits: float | None) -> str:
    """Bits a second as people read them: 820 kbit/s, 2.4 Mbit/s."""
    if bits is None:
        return ""
    if bits < 1_000_000:
        return _("%(rate)s kbit/s") % {"rate": number_format(bits / 1000, 0)}
    return _("%(rate)s Mbit/s") % {"rate": number_format(bits / 1_000_000, 1)}


@register.filter
def decibels(level: float | None) -> str:
    """With a true minus, which lines up with digits: −16.0."""
    return "" if level is None else number_format(level, 1).replace("-", "−")
