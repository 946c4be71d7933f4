"""How the pages write prices, lengths and remaining time. Loaded by templates of every room."""

import json
import uuid
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django import template
from django.utils import formats, timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext

register = template.Library()

# Inside a script element these would end it, or start something else.
JSON_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}
KIND_ICONS = {
    "query": "clock",
    "category": "menu",
    "product": "tag",
    "guide": "guide",
    "video": "video",
    "audition": "ticket",
}
CURRENCY_SIGNS = {"EUR": "€", "GBP": "£", "USD": "$"}


@register.filter
def money(amount: Decimal | float | None, currency: str = "EUR") -> str:
    """An amount as people write it: €12.50. Currencies without a sign keep their code."""
    if amount is None:
        return ""
    written = formats.number_format(amount, decimal_pos=2, force_grouping=True)
    sign = CURRENCY_SIGNS.get(currency)
    return f"{sign}{written}" if sign else f"{currency}\u00a0{written}"


@register.filter
def clock(seconds: float | None) -> str:
    """A video's length in seconds as minutes and seconds: 2:05."""
    if seconds is None:
        return ""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02d}"


@register.filter
def duration_iso(seconds: float | None) -> str:
    """Seconds as ISO 8601 for schema.org: PT2M5S."""
    minutes, rest = divmod(round(seconds or 0), 60)
    return f"PT{minutes}M{rest}S"


@register.filter
def time_left(until: datetime) -> str:
    """How long until then, in the one unit that matters: 3 days, 5 hours, 12 minutes."""
    left = until - timezone.now()
    if left >= timedelta(days=2):
        return ngettext("%(count)d day", "%(count)d days", left.days) % {"count": left.days}
    if left >= timedelta(hours=1):
        hours = int(left.total_seconds() // 3600)
        return ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours}
    if left <= timedelta(0):
        return gettext("no time")
    minutes = max(1, int(left.total_seconds() // 60))
    return ngettext("%(count)d minute", "%(count)d minutes", minutes) % {"count": minutes}


@register.filter
def kind_icon(kind: str) -> str:
    """The icon of a kind of thing that search finds."""
    return KIND_ICONS.get(kind, "search")


@register.simple_tag
def json_ld(data: Any) -> SafeString:
    """schema.org data for machines to read; a block of data, which no browser runs."""
    written = json.dumps(data, ensure_ascii=False).translate(JSON_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{written}</script>')  # noqa: S308 - escaped above


@register.simple_tag
def request_key() -> uuid.UUID:
    """Names one sending of a form, so that sending it twice counts once."""
    return uuid.uuid4()
