"""What a product's fields may hold: one place for what forms, services and feeds accept.

Each function takes what a person or a feed wrote and returns what is stored, or raises ValueError
with the sentence that they read.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _
from stdnum import ean

MAX_DESCRIPTION = 20_000
MAX_PRICE = Decimal("9999999999.99")

_EAN8_DIGITS = 8
_UPC_DIGITS = 12

# Everything below the space but tab and line feed, and what PostgreSQL can't store.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")
_CURRENCY = re.compile(r"[A-Z]{3}")


def line_of_text(value: object, *, field: str, longest: int, required: bool = False) -> str:
    """One line, with single spaces, of at most `longest` characters."""
    text = " ".join(_CONTROLS.sub(" ", _as_text(value)).split())
    if required and not text:
        raise ValueError(_("%(field)s is missing.") % {"field": field})
    if len(text) > longest:
        raise ValueError(
            _("%(field)s has %(length)d characters; at most %(longest)d fit.")
            % {"field": field, "length": len(text), "longest": longest}
        )
    return text


def description(value: object) -> str:
    """Text of several lines."""
    lines = _as_text(value).replace("\r\n", "\n").replace("\r", "\n")
    text = _CONTROLS.sub(" ", lines).strip()
    if len(text) > MAX_DESCRIPTION:
        raise ValueError(
            _("The description has %(length)d characters; at most %(longest)d fit.")
            % {"length": len(text), "longest": MAX_DESCRIPTION}
        )
    return text


def gtin(values: Iterable[object]) -> str:
    """The first of these that is a valid GTIN (8, 12, 13 or 14 digits with their check digit);
    "" where there is none at all. Leading zeros that a spreadsheet dropped are put back."""
    written = [re.sub(r"[\s-]", "", _as_text(value)) for value in values]
    written = [number for number in written if number]
    for number in written:
        whole = number.zfill(_UPC_DIGITS) if len(number) > _EAN8_DIGITS else number
        if ean.is_valid(whole):
            return whole
    if written:
        raise ValueError(
            _("“%(number)s” is not a valid GTIN: check the digits under the barcode.")
            % {"number": written[0][:40]}
        )
    return ""


def amount(value: object) -> Decimal:
    """A price's number, with a point and at most two decimals."""
    text = _as_text(value).strip()
    try:
        price = Decimal(text)
    except InvalidOperation:
        price = Decimal("NaN")
    if not price.is_finite() or len(text) > 40:
        raise ValueError(
            _("“%(price)s” is not a price. Write it as 12.50 EUR.") % {"price": text[:40]}
        )
    if price < 0 or price > MAX_PRICE:
        raise ValueError(_("A price is between 0 and 9999999999.99."))
    rounded = price.quantize(Decimal("0.01"))
    if rounded != price:
        raise ValueError(_("A price has at most two decimals: %(price)s.") % {"price": text})
    return rounded


def currency(value: object) -> str:
    """Three letters, as in ISO 4217."""
    code = _as_text(value).strip().upper()
    if not _CURRENCY.fullmatch(code):
        raise ValueError(
            _("“%(code)s” is not a currency. Write three letters, such as EUR.")
            % {"code": code[:20]}
        )
    return code


def money(value: object) -> tuple[Decimal, str]:
    """A price as feeds write it: 12.50 EUR."""
    parts = _as_text(value).split()
    if len(parts) != 2:
        raise ValueError(
            _("“%(price)s” is not a price. Write it as 12.50 EUR.")
            % {"price": _as_text(value)[:40]}
        )
    return amount(parts[0]), currency(parts[1])


def day(value: object) -> date:
    """A date as ISO 8601 writes it, with or without the time."""
    text = _as_text(value).strip()
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        raise ValueError(
            _("“%(date)s” is not a date. Write it as 2026-03-31.") % {"date": text[:40]}
        ) from None


def _as_text(value: object) -> str:
    return "" if value is None else str(value)
