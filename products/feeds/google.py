"""Google Merchant Center's product data specification, as far as we have a place for it.

https://support.google.com/merchants/answer/7052112 names the attributes; the tab-separated and
the XML reader both bring them here as names with their values.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from products import values
from products.feeds.items import FeedItem, FeedLine, Problems

Row = Mapping[str, Sequence[str]]

# Shown on the product's page as attributes.
_SHOWN = (
    "age_group",
    "color",
    "condition",
    "energy_efficiency_class",
    "gender",
    "material",
    "multipack",
    "pattern",
    "product_height",
    "product_highlight",
    "product_length",
    "product_weight",
    "product_width",
    "size",
)
# Kept without being shown. Pictures are not fetched: an address in a stranger's file must not
# make this server ask other servers for anything; merchants upload their pictures.
_NOTED = (
    "additional_image_link",
    "availability_date",
    "google_product_category",
    "image_link",
    "item_group_id",
    "link",
    "sale_price",
)
_ADDRESSES = ("link", "image_link", "additional_image_link")
_READ = frozenset(
    (
        *_SHOWN,
        *_NOTED,
        *("availability", "brand", "description", "gtin", "id", "mpn", "price"),
        *("product_detail", "product_type", "title"),
    )
)
_AVAILABILITIES = ("in_stock", "out_of_stock", "preorder", "backorder")
_MAX_CATEGORY_DEPTH = 5


def item_of(line: int, row: Row) -> FeedLine:
    """The record as an item, or every problem it has."""
    problems = Problems()
    price, currency = problems.take(lambda: _price(row), (Decimal(0), "EUR"))
    item = FeedItem(
        feed_id=problems.take(
            lambda: values.line_of_text(_one(row, "id"), field="id", longest=100, required=True), ""
        ),
        title=problems.take(
            lambda: values.line_of_text(
                _one(row, "title"), field="title", longest=300, required=True
            ),
            "",
        ),
        brand=problems.take(
            lambda: values.line_of_text(_one(row, "brand"), field="brand", longest=100), ""
        ),
        gtin=problems.take(lambda: values.gtin(row.get("gtin", ())), ""),
        mpn=problems.take(
            lambda: values.line_of_text(_one(row, "mpn"), field="mpn", longest=255), ""
        ),
        description=problems.take(lambda: values.description(_one(row, "description")), ""),
        price=price,
        currency=currency,
        category_path=problems.take(lambda: _category(row), ()),
        attributes=problems.take(lambda: _attributes(row), {}),
        extra={name: _one(row, name) for name in row if name not in _READ},
        facts=problems.take(lambda: _facts(row), {}),
    )
    return FeedLine(line, problem=str(problems)) if problems else FeedLine(line, item)


def category_path(text: str) -> tuple[str, ...]:
    """Names from the general to the special, from “Kitchen > Rice cookers”."""
    if not text:
        return ()
    names = tuple(
        values.line_of_text(name, field=_("A category's name"), longest=100)
        for name in text.replace("&gt;", ">").split(">")
    )
    names = tuple(name for name in names if name)
    if len(names) > _MAX_CATEGORY_DEPTH:
        raise ValueError(
            _("The category has %(depth)d levels; at most %(most)d are possible.")
            % {"depth": len(names), "most": _MAX_CATEGORY_DEPTH}
        )
    return names


def _price(row: Row) -> tuple[Decimal, str]:
    price = _one(row, "price")
    if not price:
        raise ValueError(_("%(field)s is missing.") % {"field": "price"})
    return values.money(price)


def _category(row: Row) -> tuple[str, ...]:
    """The merchant's own words (product_type) where there are any, else Google's taxonomy;
    of the latter only paths say something, bare numbers do not."""
    own = category_path(_one(row, "product_type"))
    googles = _one(row, "google_product_category")
    return own or (() if googles.isdigit() else category_path(googles))


def _attributes(row: Row) -> dict[str, object]:
    shown: dict[str, object] = {
        name: ", ".join(row[name]) for name in _SHOWN if any(row.get(name, ()))
    }
    details = [detail for detail in row.get("product_detail", ()) if detail]
    return shown | dict(_detail(detail) for detail in details)


def _detail(text: str) -> tuple[str, str]:
    """Name and value of “section:name:value”; the value may have colons of its own."""
    _section, _colon, rest = text.partition(":")
    name, colon, value = rest.partition(":")
    if not (colon and name.strip()):
        raise ValueError(
            _("“%(text)s” is not a product_detail. Write it as section:name:value.")
            % {"text": text.strip()[:60]}
        )
    return name.strip(), value.strip()


def _facts(row: Row) -> dict[str, object]:
    facts: dict[str, object] = {}
    for name in _NOTED:
        written = [value for value in row.get(name, ()) if value]
        if written:
            facts[name] = written[0] if len(written) == 1 else written
        if name in _ADDRESSES:
            _check_addresses(name, written)
    availability = _one(row, "availability").lower().replace(" ", "_")
    if availability:
        if availability not in _AVAILABILITIES:
            raise ValueError(
                _("“%(value)s” is not an availability. Write one of %(all)s.")
                % {"value": availability[:40], "all": ", ".join(_AVAILABILITIES)}
            )
        facts["availability"] = availability
    return facts


def _check_addresses(name: str, written: Sequence[str]) -> None:
    for address in written:
        if not address.startswith(("https://", "http://")) or len(address) > 20_000:
            raise ValueError(_("%(field)s must begin with https:// or http://.") % {"field": name})


def _one(row: Row, name: str) -> str:
    return next((value for value in row.get(name, ()) if value), "")
