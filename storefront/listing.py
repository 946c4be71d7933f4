"""A search's answer as a page lists it: facets with names for people and links, and pages."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from django.utils.formats import get_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from products.models import Attribute, Category
from search.choices import Sort
from search.engines.base import Facet, Hit, Results
from search.query import ATTRIBUTE_PREFIX, SearchQuery
from storefront.templatetags.storefront import money

KIND_LABELS = {
    "product": gettext_lazy("Products"),
    "guide": gettext_lazy("Guides"),
    "video": gettext_lazy("Videos"),
}
FACET_LABELS = {
    "kind": gettext_lazy("What"),
    "category": gettext_lazy("Category"),
    "brand": gettext_lazy("Brand"),
    "merchant": gettext_lazy("Merchant"),
    "price": gettext_lazy("Price"),
    "has_video": gettext_lazy("Video"),
    "selected": gettext_lazy("Selected by shoppers"),
}
SHOWN_VALUES = 8
SWITCHES = frozenset({"has_video", "selected"})
FACET_ORDER = ("kind", "category", "selected", "price", "brand", "merchant", "has_video")


@dataclass(frozen=True, slots=True)
class Value:
    value: str
    label: str
    count: int | None
    url: str
    """Of the page that this value leads to; of the page without it where it is on."""
    is_on: bool = False


@dataclass(frozen=True, slots=True)
class Filter:
    name: str
    label: str
    values: Sequence[Value]

    @property
    def first_values(self) -> Sequence[Value]:
        """The most frequent, and the one that is on."""
        return [value for i, value in enumerate(self.values) if i < SHOWN_VALUES or value.is_on]

    @property
    def more_values(self) -> Sequence[Value]:
        return [value for value in self.values if value not in self.first_values]


@dataclass(frozen=True, slots=True)
class Order:
    value: str
    label: str
    url: str
    is_on: bool


@dataclass(frozen=True, slots=True)
class Listing:
    """Everything that components/listing.html draws."""

    query: SearchQuery
    results: Results
    filters: Sequence[Filter]
    chosen: Sequence[Value]
    """What is set, each with the address of the page without it."""
    orders: Sequence[Order]
    kept: Sequence[tuple[str, str]]
    """What the form of prices sends along."""
    without_filters: str
    """The address of the same words without any filter."""
    page_count: int
    previous: str
    next: str

    @classmethod
    def of(
        cls,
        query: SearchQuery,
        results: Results,
        *,
        fixed: Sequence[str] = (),
        attributes: Sequence[Attribute] = (),
    ) -> Self:
        """`fixed` names the facets that the page itself has set and that nobody can let go."""
        address = _Addresses(tuple(fixed))
        names = _Names.of(results, query, attributes)
        filters = _filters(query, results.facets, names, address)
        pages = results.page_count(query.per_page)
        bare = query
        for name in query.active_filters():
            bare = bare.without_facet(name)
        return cls(
            query=query,
            results=results,
            filters=filters,
            chosen=_chosen(query, filters, names, address),
            orders=_orders(query, address),
            kept=address.parameters(query.without_facet("price")),
            without_filters=address.of(bare),
            page_count=pages,
            previous=address.of(query.at_page(query.page - 1)) if query.page > 1 else "",
            next=address.of(query.at_page(query.page + 1)) if query.page < pages else "",
        )

    @property
    def hits(self) -> Sequence[Hit]:
        return self.results.hits

    @property
    def page(self) -> int:
        return self.query.page


@dataclass(frozen=True, slots=True)
class _Addresses:
    """Addresses of one page, which leave out the facets that the page itself has set."""

    fixed: Sequence[str]

    def of(self, query: SearchQuery) -> str:
        return f"?{self._bare(query).query_string}"

    def parameters(self, query: SearchQuery) -> list[tuple[str, str]]:
        """The same, as a form's hidden fields."""
        return [
            (name, value)
            for name, values in self._bare(query).to_params().items()
            for value in ([values] if isinstance(values, str) else values)
        ]

    def _bare(self, query: SearchQuery) -> SearchQuery:
        page = query.page
        for name in self.fixed:
            query = query.without_facet(name)
        return query.at_page(page)


@dataclass(frozen=True, slots=True)
class _Names:
    """Search knows slugs and keys; people read names."""

    categories: dict[str, str]
    attributes: dict[str, Attribute]
    currency: str
    """Of everything found, where it is one."""

    @classmethod
    def of(cls, results: Results, query: SearchQuery, attributes: Sequence[Attribute]) -> Self:
        categories = (one for one in results.facets if one.name == "category")
        slugs = {value.value for one in categories for value in one.values}
        currencies = {hit.currency for hit in results.hits if hit.price is not None}
        if query.category:
            slugs.add(query.category)
        names = Category.objects.filter(slug__in=slugs).values_list("slug", "name")
        return cls(
            categories=dict(names) if slugs else {},
            attributes={attribute.key: attribute for attribute in attributes},
            currency=currencies.pop() if len(currencies) == 1 else "",
        )

    def of_facet(self, name: str) -> str:
        key = name.removeprefix(ATTRIBUTE_PREFIX)
        if name.startswith(ATTRIBUTE_PREFIX):
            known = self.attributes.get(key)
            return known.label if known else key.replace("_", " ").capitalize()
        return str(FACET_LABELS.get(name, name))

    def of_value(self, name: str, value: str, label: str) -> str:
        if name == "category":
            return self.categories.get(value, label)
        if name == "kind":
            return str(KIND_LABELS.get(value, value))
        if name == "price":
            return _price_words(value, self.currency)
        if name in {"has_video", "selected"}:
            return _switch_words(name, value)
        attribute = self.attributes.get(name.removeprefix(ATTRIBUTE_PREFIX))
        return f"{label} {attribute.unit}".strip() if attribute else label


def _filters(
    query: SearchQuery, facets: Sequence[Facet], names: _Names, address: _Addresses
) -> list[Filter]:
    """Facets that can narrow what is shown, the common ones in an order of their own first."""
    active = query.active_filters()
    filters = []
    for facet in sorted(facets, key=_place):
        narrows = len(facet.values) > 1 or facet.name in SWITCHES or facet.name in active
        if facet.name in address.fixed or not narrows:
            continue
        values = [
            Value(
                value=one.value,
                label=names.of_value(facet.name, one.value, one.label),
                count=one.count,
                url=address.of(query.with_facet(facet.name, one.value)),
                is_on=one.value in active.get(facet.name, ()),
            )
            for one in facet.values
        ]
        filters.append(Filter(facet.name, names.of_facet(facet.name), values))
    return filters


def _chosen(
    query: SearchQuery, filters: Sequence[Filter], names: _Names, address: _Addresses
) -> list[Value]:
    """What is set, also where nothing that was found has it."""
    labels = {(one.name, value.value): value.label for one in filters for value in one.values}
    return [
        Value(
            value=value,
            label=labels.get((name, value)) or names.of_value(name, value, value),
            count=None,
            url=address.of(query.without_facet(name, value)),
            is_on=True,
        )
        for name, values in query.active_filters().items()
        if name not in address.fixed
        for value in values
    ]


def _place(facet: Facet) -> int:
    return FACET_ORDER.index(facet.name) if facet.name in FACET_ORDER else len(FACET_ORDER)


def _orders(query: SearchQuery, address: _Addresses) -> list[Order]:
    return [
        Order(
            value=sort.value,
            label=str(sort.label),
            url=address.of(replace(query, sort=sort.value, page=1)),
            is_on=query.sort == sort.value,
        )
        for sort in Sort
    ]


def _price_words(value: str, currency: str) -> str:
    low, high = (_whole_money(bound, currency) for bound in value.partition("-")[::2])
    if not low:
        return _("Below %(high)s") % {"high": high}
    if not high:
        return _("%(low)s and above") % {"low": low}
    return _("%(low)s to %(high)s") % {"low": low, "high": high}


def _whole_money(bound: str, currency: str) -> str:
    """A bound of a band, without the cents that it doesn't have."""
    if not (bound and currency):
        return bound
    return money(float(bound), currency).removesuffix(f"{get_format('DECIMAL_SEPARATOR')}00")


def _switch_words(name: str, value: str) -> str:
    if name == "has_video":
        return _("With a video") if value in {"1", "true"} else _("Without a video")
    return _("Selected") if value in {"1", "true"} else _("Not selected")
