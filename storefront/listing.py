"""A search's answer as a page lists it: filters and kinds to choose from, orders and pages."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from django.urls import reverse
from django.utils.translation import gettext as _

from products.models import Attribute
from search.choices import Sort
from search.engines.base import Hit, Results
from search.query import MAX_PAGE, SearchQuery
from storefront.facets import KIND_LABELS, Filter, Names, Value, filters_of


@dataclass(frozen=True, slots=True)
class Tab:
    """One kind of thing that was found; the first is all of them together."""

    kind: str
    label: str
    count: int
    url: str
    is_on: bool


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
    tabs: Sequence[Tab]
    filters: Sequence[Filter]
    chosen: Sequence[Value]
    """What is set, each with the address of the page without it."""
    orders: Sequence[Order]
    kept: Sequence[tuple[str, str]]
    """What the form of prices sends along."""
    without_filters: str
    """The address of the same words without any filter."""
    as_typed: str
    """The address of the words as they were typed, where others are shown."""
    reworded: str
    """The address of the words that were probably meant; empty where there are none."""
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
        names = Names.of(results, query, attributes)
        pages = results.page_count(query.per_page)
        bare = query
        for name in query.active_filters():
            bare = bare.without_facet(name)
        return cls(
            query=query,
            results=results,
            tabs=[] if "kind" in fixed else _tabs(query, results, address),
            filters=filters_of(query, results.facets, names, address),
            chosen=_chosen(query, names, address),
            orders=_orders(query, address),
            kept=address.parameters(query.without_facet("price")),
            without_filters=address.of(bare),
            as_typed=address.of(replace(query, as_typed=True, page=1)),
            reworded=_reworded(query, results, address),
            page_count=pages,
            previous=address.of(query.at_page(query.page - 1)) if query.page > 1 else "",
            next=address.of(query.at_page(query.page + 1)) if query.page < pages else "",
        )

    @property
    def hits(self) -> Sequence[Hit]:
        return self.results.hits

    @property
    def near(self) -> Sequence[Hit]:
        return self.results.near

    @property
    def page(self) -> int:
        return self.query.page

    @property
    def first(self) -> int:
        """The place of the page's first hit among all."""
        return (self.query.page - 1) * self.query.per_page + 1

    @property
    def last(self) -> int:
        return self.first + len(self.hits) - 1

    @property
    def why(self) -> str:
        """The address of the page that says why a hit stands where it does, but for which hit:
        `&of=product-12` at its end. Empty where no words were sought."""
        if not self.query.text:
            return ""
        return f"{reverse('storefront:why')}?{self.query.at_page(1).query_string}"

    @property
    def order(self) -> Order:
        """The one that is on."""
        return next(order for order in self.orders if order.is_on)

    @property
    def has_pictures(self) -> bool:
        """Whether there is anything to keep places for."""
        return any(hit.picture_url for hit in (*self.hits, *self.near))

    @property
    def is_cut(self) -> bool:
        """Whether there is more than pages can be turned to."""
        return self.page == MAX_PAGE and self.results.total > self.last

    @property
    def is_narrowed(self) -> bool:
        """Whether there is anything to let go."""
        return bool(self.chosen or (self.tabs and self.query.kinds))


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


def _tabs(query: SearchQuery, results: Results, address: _Addresses) -> list[Tab]:
    """One for each kind that was found or is chosen; none where there is no choice."""
    counts = {
        one.value: one.count
        for facet in results.facets
        if facet.name == "kind"
        for one in facet.values
    }
    kinds = [kind for kind in KIND_LABELS if kind in counts or kind in query.kinds]
    if len(kinds) < 2 and not query.kinds:
        return []
    everything = query.without_facet("kind")
    return [
        Tab("", _("All"), sum(counts.values()), address.of(everything), not query.kinds),
        *(
            Tab(
                kind=kind,
                label=str(KIND_LABELS[kind]),
                count=counts.get(kind, 0),
                url=address.of(everything.with_facet("kind", kind)),
                is_on=kind in query.kinds,
            )
            for kind in kinds
        ),
    ]


def _chosen(query: SearchQuery, names: Names, address: _Addresses) -> list[Value]:
    """What is set, also where nothing that was found has it."""
    return [
        Value(
            name=name,
            value=value,
            label=names.of_value(name, value),
            count=None,
            url=address.of(query.without_facet(name, value)),
            is_on=True,
        )
        for name, values in query.active_filters().items()
        if name not in address.fixed and name != "kind"
        for value in values
    ]


def _reworded(query: SearchQuery, results: Results, address: _Addresses) -> str:
    if not results.suggestion:
        return ""
    return address.of(replace(query, text=results.suggestion, as_typed=False, page=1))


def _orders(query: SearchQuery, address: _Addresses) -> list[Order]:
    return [
        Order(
            value=sort.value,
            label=str(sort.label) if query.text or sort != Sort.RELEVANCE else _("Chosen first"),
            url=address.of(replace(query, sort=sort.value, page=1)),
            is_on=query.sort == sort.value,
        )
        for sort in Sort
    ]
