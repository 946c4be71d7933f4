"""What a shopper asks for, checked once where it comes in. Nothing that a stranger wrote reaches
an engine in any other shape."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from math import isfinite
from typing import Any, Self
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext as _

from core.errors import ActionRefusedError
from search.choices import Sort, Standing

MAX_TEXT = 200  # characters
MAX_PAGE = 50
PER_PAGE = 24
MAX_VALUE = 120  # characters in one filter's value
MAX_VALUES = 20  # of one facet, chosen together
MAX_ATTRIBUTES = 10
ATTRIBUTE_PREFIX = "attr."
_SLUG = re.compile(r"[\w-]+")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
# The facets that hold several values, with the field that holds them.
_FIELDS = {"kind": "kinds", "brand": "brands", "merchant": "merchants"}


class BadQueryError(ActionRefusedError):
    """An address that asks for something search can't do; answered with a 400. `field` is the
    parameter that is wrong."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field
        self.message = message


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchQuery:
    """One question to an engine. Empty and None mean 'don't care'. Of several values of one
    property any will do; every property that is set has to fit."""

    text: str = ""
    kinds: tuple[str, ...] = ()
    category: str = ""
    """A category's slug; those below it are meant too."""
    brands: tuple[str, ...] = ()
    merchants: tuple[str, ...] = ()
    """Merchants' slugs."""
    price_min: float | None = None
    price_max: float | None = None
    has_video: bool | None = None
    selected: bool | None = None
    standing: str = ""
    """One of Standing, of the merchant."""
    attributes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    attribute_facets: tuple[str, ...] = ()
    """The attribute keys to count values of, usually those of the category shown."""
    as_typed: bool = False
    """The words are meant as they are: no others are tried in their place."""
    sort: str = Sort.RELEVANCE
    page: int = 1
    per_page: int = PER_PAGE

    @classmethod
    def from_params(cls, params: QueryDict) -> Self:
        """The query that an address asks for. Unknown parameters are left alone.

        Raises BadQueryError where a known one can't be understood.
        """
        return cls(
            text=_text(params.get("q", "")),
            kinds=_several("kind", params.getlist("kind"), _slug),
            category=_slug("category", params.get("category", "")),
            brands=_several("brand", params.getlist("brand"), _value),
            merchants=_several("merchant", params.getlist("merchant"), _slug),
            **_price_range(params.get("price_min", ""), params.get("price_max", "")),
            has_video=_switch("has_video", params.get("has_video", "")),
            selected=_switch("selected", params.get("selected", "")),
            standing=_standing(params.get("standing", "")),
            attributes=_attributes(params),
            as_typed=bool(_switch("as_typed", params.get("as_typed", ""))),
            sort=_sort(params.get("sort", "")),
            page=_page(params.get("page", "")),
        )

    def to_params(self) -> dict[str, str | list[str]]:
        """What `from_params` reads, without whatever is as by default."""
        params: dict[str, str | list[str]] = {
            "q": self.text,
            "kind": list(self.kinds),
            "category": self.category,
            "brand": list(self.brands),
            "merchant": list(self.merchants),
            "price_min": _plain(self.price_min),
            "price_max": _plain(self.price_max),
            "has_video": _as_switch(self.has_video),
            "selected": _as_switch(self.selected),
            "standing": self.standing,
            "as_typed": "1" if self.as_typed else "",
            "sort": "" if self.sort == Sort.RELEVANCE else str(self.sort),
            "page": "" if self.page == 1 else str(self.page),
        }
        params |= {ATTRIBUTE_PREFIX + key: list(some) for key, some in self.attributes.items()}
        return {name: value for name, value in params.items() if value}

    @property
    def query_string(self) -> str:
        """`to_params` as it stands in an address, without the question mark."""
        return urlencode(self.to_params(), doseq=True)

    @property
    def is_filtered(self) -> bool:
        """Whether anything but the words and their order narrows the result."""
        return bool(self.active_filters())

    def active_filters(self) -> dict[str, tuple[str, ...]]:
        """The facets that are set, by name, with the values that each is set to."""
        filters = {
            "kind": self.kinds,
            "category": _only(self.category),
            "brand": self.brands,
            "merchant": self.merchants,
            "price": _only(_price_value(self.price_min, self.price_max)),
            "has_video": _only(_as_switch(self.has_video)),
            "selected": _only(_as_switch(self.selected)),
            "standing": _only(self.standing),
        }
        filters |= {ATTRIBUTE_PREFIX + key: values for key, values in self.attributes.items()}
        return {name: values for name, values in filters.items() if values}

    def with_facet(self, name: str, value: str) -> "SearchQuery":
        """This query with one value of a facet chosen, or let go where it is, from its first
        page. It joins what is chosen of a facet that takes several values, and takes the place of
        what is chosen of one that takes one."""
        chosen = self.active_filters().get(name, ())
        if value in chosen:
            return self.without_facet(name, value)
        return self._set(name, (*chosen, value) if takes_several(name) else (value,))

    def without_facet(self, name: str, value: str = "") -> "SearchQuery":
        """This query with one value of a facet let go, or the whole facet, from its first page."""
        chosen = self.active_filters().get(name, ())
        return self._set(name, tuple(one for one in chosen if value and one != value))

    def _set(self, name: str, values: tuple[str, ...]) -> "SearchQuery":
        value = values[0] if values else ""
        changes: dict[str, Any] = {name: value}
        if name in _FIELDS:
            changes = {_FIELDS[name]: values}
        elif name == "price":
            low, _dash, high = value.partition("-")
            changes = _price_range(low, high)
        elif name in {"has_video", "selected"}:
            changes = {name: _switch(name, value)}
        elif name.startswith(ATTRIBUTE_PREFIX):
            attributes = {**self.attributes, name.removeprefix(ATTRIBUTE_PREFIX): values}
            changes = {"attributes": {key: some for key, some in attributes.items() if some}}
        return replace(self, page=1, **changes)

    def at_page(self, page: int) -> "SearchQuery":
        """The same query at another page."""
        return replace(self, page=page)


def takes_several(facet: str) -> bool:
    """Whether values of this facet can be chosen together. Kinds can, in an address; pages show
    them as alternatives."""
    return facet in {"brand", "merchant"} or facet.startswith(ATTRIBUTE_PREFIX)


def _text(raw: str) -> str:
    text = _CONTROL.sub(" ", raw).strip()
    if len(text) > MAX_TEXT:
        raise BadQueryError(
            "q", _("Please search with fewer words: at most %(n)d characters.") % {"n": MAX_TEXT}
        )
    return text


def _value(name: str, raw: str) -> str:
    value = _CONTROL.sub(" ", raw).strip()
    if len(value) > MAX_VALUE:
        raise BadQueryError(name, _("The filter “%(name)s” is too long.") % {"name": name})
    return value


def _slug(name: str, raw: str) -> str:
    value = _value(name, raw)
    if value and not _SLUG.fullmatch(value):
        raise BadQueryError(name, _("The filter “%(name)s” is not a name.") % {"name": name})
    return value


def _several(name: str, raw: list[str], read: Callable[[str, str], str]) -> tuple[str, ...]:
    """Each value once, in the order given."""
    if len(raw) > MAX_VALUES:
        raise BadQueryError(
            name,
            _("The filter “%(name)s” takes at most %(n)d values.")
            % {"name": name, "n": MAX_VALUES},
        )
    values = dict.fromkeys(read(name, value) for value in raw)
    return tuple(value for value in values if value)


def _only(value: str) -> tuple[str, ...]:
    return (value,) if value else ()


def _price(name: str, raw: str) -> float | None:
    if not raw.strip():
        return None
    try:
        price = float(Decimal(raw.strip()))
    except (InvalidOperation, OverflowError):
        price = -1.0
    if not isfinite(price) or not 0 <= price <= 1e9:
        raise BadQueryError(name, _("A price is a number that is not below zero."))
    return price


def _price_range(low: str, high: str) -> dict[str, Any]:
    price_min, price_max = _price("price_min", low), _price("price_max", high)
    if price_min is not None and price_max is not None and price_min > price_max:
        raise BadQueryError("price_min", _("The lowest price is above the highest."))
    return {"price_min": price_min, "price_max": price_max}


def _switch(name: str, raw: str) -> bool | None:
    if raw not in {"", "0", "1"}:
        raise BadQueryError(name, _("The filter “%(name)s” is 1 or 0.") % {"name": name})
    return None if raw == "" else raw == "1"


def _as_switch(value: bool | None) -> str:
    return "" if value is None else str(int(value))


def _attributes(params: QueryDict) -> dict[str, tuple[str, ...]]:
    names = [name for name in params if name.startswith(ATTRIBUTE_PREFIX)]
    if len(names) > MAX_ATTRIBUTES:
        raise BadQueryError(names[0], _("Too many filters at once."))
    attributes = {
        _slug(name, name.removeprefix(ATTRIBUTE_PREFIX)): _several(
            name, params.getlist(name), _value
        )
        for name in names
    }
    return {key: values for key, values in attributes.items() if key and values}


def _standing(raw: str) -> str:
    if raw and raw not in Standing.values:
        raise BadQueryError("standing", _("A merchant is “established” or “new”."))
    return raw


def _sort(raw: str) -> str:
    if raw and raw not in Sort.values:
        raise BadQueryError("sort", _("There is no such order."))
    return raw or Sort.RELEVANCE


def _page(raw: str) -> int:
    if not raw:
        return 1
    if not (raw.isascii() and raw.isdigit() and len(raw) < 10 and 1 <= int(raw) <= MAX_PAGE):
        raise BadQueryError(
            "page", _("Pages go from 1 to %(n)d; narrow the search instead.") % {"n": MAX_PAGE}
        )
    return int(raw)


def _plain(price: float | None) -> str:
    return "" if price is None else f"{price:.10g}"


def _price_value(low: float | None, high: float | None) -> str:
    return "" if low is None and high is None else f"{_plain(low)}-{_plain(high)}"
