"""JSON lines: one object a line, as Icecat's catalogue is published.

Keys: id, title, description, brand, gtin (one, or a list of which the first valid one is taken),
mpn, price (12.5 or "12.50 EUR") or price_cents, currency, released, category ("Kitchen > Rice
cookers" or a list of names), attributes (an object). Others count where the category defines an
attribute of that name.
"""

import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, BinaryIO, NoReturn

from django.utils.translation import gettext as _

from products import values
from products.feeds.files import numbered_lines
from products.feeds.google import category_path
from products.feeds.items import FeedItem, FeedLine, Problems

_READ = frozenset(
    {
        *("attributes", "brand", "category", "currency", "description", "gtin", "id", "mpn"),
        *("image_link", "price", "price_cents", "product_type", "released", "title"),
    }
)


def read_json_lines(stream: BinaryIO) -> Iterator[FeedLine]:
    for number, text, problem in numbered_lines(stream):
        if problem:
            yield FeedLine(number, problem=problem)
            continue
        try:
            record = json.loads(text, parse_constant=_refuse_constant)
        except (ValueError, RecursionError) as error:
            yield FeedLine(number, problem=_("This is not JSON: %(error)s.") % {"error": error})
            continue
        yield _line_of(number, record)


def _line_of(number: int, record: Any) -> FeedLine:
    if not isinstance(record, dict):
        return FeedLine(number, problem=_("A line must be an object: {…}."))
    problems = Problems()
    no_price: tuple[Decimal | None, str] = (None, "EUR")
    price, currency = problems.take(lambda: _price(record), no_price)
    item = FeedItem(
        feed_id=problems.take(lambda: _line(record, "id", longest=100, required=True), ""),
        title=problems.take(lambda: _line(record, "title", longest=300, required=True), ""),
        brand=problems.take(lambda: _line(record, "brand", longest=100), ""),
        gtin=problems.take(lambda: values.gtin(_as_list(record.get("gtin"))), ""),
        mpn=problems.take(lambda: _line(record, "mpn", longest=255), ""),
        description=problems.take(lambda: values.description(_text(record, "description")), ""),
        price=price,
        currency=currency,
        released=problems.take(
            lambda: values.day(record["released"]) if record.get("released") else None, None
        ),
        category_path=problems.take(lambda: _category(record), ()),
        attributes=problems.take(lambda: _attributes(record), {}),
        extra={str(key): value for key, value in record.items() if key not in _READ},
        facts={"image_link": record["image_link"]} if record.get("image_link") else {},
    )
    return FeedLine(number, problem=str(problems)) if problems else FeedLine(number, item)


def _price(record: dict[str, Any]) -> tuple[Decimal | None, str]:
    currency = values.currency(record.get("currency") or "EUR")
    cents = record.get("price_cents")
    if cents is not None:
        if not isinstance(cents, int) or isinstance(cents, bool):
            raise ValueError(_("price_cents must be a whole number."))
        return values.amount(Decimal(cents) / 100), currency
    price = record.get("price")
    if price is None or price == "":
        return None, currency
    if isinstance(price, str) and " " in price.strip():
        return values.money(price)
    return values.amount(price), currency


def _category(record: dict[str, Any]) -> tuple[str, ...]:
    written = record.get("category") or record.get("product_type") or ""
    if isinstance(written, list):
        written = " > ".join(str(name) for name in written)
    return category_path(str(written))


def _attributes(record: dict[str, Any]) -> dict[str, object]:
    attributes = record.get("attributes") or {}
    if not isinstance(attributes, dict):
        raise ValueError(_("attributes must be an object: {…}."))
    return attributes


def _line(record: dict[str, Any], key: str, *, longest: int, required: bool = False) -> str:
    return values.line_of_text(_text(record, key), field=key, longest=longest, required=required)


def _text(record: dict[str, Any], key: str) -> str:
    value = record.get(key)
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise ValueError(_("%(field)s must be text.") % {"field": key})
    return str(value)


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(_("%(name)s is not a number") % {"name": name})
