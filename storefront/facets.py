"""What a search's answer can be narrowed by, as a page offers it: facets with names for people,
and for each value the address of the page that has it chosen."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, Self

from django.utils.formats import get_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from treebeard.mp_tree import MP_Node

from merchants.models import Merchant
from products.models import Attribute, Category
from search.choices import Standing
from search.engines.base import Facet, FacetValue, Results
from search.query import ATTRIBUTE_PREFIX, SearchQuery, takes_several
from storefront.templatetags.storefront import money

KIND_LABELS = {
    "product": gettext_lazy("Products"),
    "guide": gettext_lazy("Guides"),
    "video": gettext_lazy("Videos"),
    "audition": gettext_lazy("Auditions"),
}
FACET_LABELS = {
    "category": gettext_lazy("Category"),
    "brand": gettext_lazy("Brand"),
    "merchant": gettext_lazy("Merchant"),
    "price": gettext_lazy("Price"),
    "standing": gettext_lazy("The merchant is"),
    "only": gettext_lazy("Show only"),
}
SHOWN_VALUES = 6
OPEN_FILTERS = 6
DEEPEST = 3  # steps that a category is set in by
SWITCHES = ("selected", "has_video")
FACET_ORDER = ("category", "only", "price", "brand", "merchant", "standing")


class Addresses(Protocol):
    """Of the page that the filters stand on."""

    @property
    def fixed(self) -> Sequence[str]:
        """The facets that the page itself has set."""

    def of(self, query: SearchQuery) -> str: ...


@dataclass(frozen=True, slots=True)
class Value:
    name: str
    """Of its facet."""
    value: str
    label: str
    count: int | None
    """None where only the chosen value is known, not how much has it."""
    url: str
    """Of the page that this value leads to; of the page without it where it is on."""
    is_on: bool = False
    is_above: bool = False
    """A category that the chosen one lies in: leads back up."""
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Filter:
    name: str
    label: str
    values: Sequence[Value]
    several: bool = False
    """Whether values can be chosen together."""
    is_open: bool = True

    @property
    def first_values(self) -> Sequence[Value]:
        """The most frequent, and those that are on."""
        return [value for i, value in enumerate(self.values) if i < self._shown or value.is_on]

    @property
    def more_values(self) -> Sequence[Value]:
        return [value for value in self.values if value not in self.first_values]

    @property
    def _shown(self) -> int:
        """One more takes no more room than saying so."""
        return SHOWN_VALUES + 1 if len(self.values) == SHOWN_VALUES + 1 else SHOWN_VALUES


@dataclass(frozen=True, slots=True)
class Names:
    """Search knows slugs and keys; people read names."""

    categories: Mapping[str, Category]
    merchants: Mapping[str, str] = field(default_factory=dict)
    attributes: Mapping[str, Attribute] = field(default_factory=dict)
    currency: str = ""
    """Of everything found, where it is one."""

    @classmethod
    def of(cls, results: Results, query: SearchQuery, attributes: Sequence[Attribute]) -> Self:
        currencies = {hit.currency for hit in results.hits if hit.price is not None}
        return cls(
            categories=_categories(results, query),
            merchants=_merchants(results, query),
            attributes={attribute.key: attribute for attribute in attributes},
            currency=currencies.pop() if len(currencies) == 1 else "",
        )

    def of_facet(self, name: str) -> str:
        key = name.removeprefix(ATTRIBUTE_PREFIX)
        if name.startswith(ATTRIBUTE_PREFIX):
            known = self.attributes.get(key)
            return known.label if known else key.replace("_", " ").capitalize()
        return str(FACET_LABELS.get(name, name))

    def of_value(self, name: str, value: str) -> str:
        match name:
            case "category":
                return self.categories[value].name if value in self.categories else value
            case "merchant":
                return self.merchants.get(value, value)
            case "kind":
                return str(KIND_LABELS.get(value, value))
            case "price":
                return _price_words(value, self.currency)
            case "standing":
                return str(Standing(value).label)
            case "selected" | "has_video":
                return _switch_words(name, value)
        attribute = self.attributes.get(name.removeprefix(ATTRIBUTE_PREFIX))
        return f"{value} {attribute.unit}".strip() if attribute else value


def filters_of(
    query: SearchQuery, facets: Sequence[Facet], names: Names, address: Addresses
) -> list[Filter]:
    """Facets that can narrow what is shown, the common ones in an order of their own first. Kinds
    are not among them: pages have those as tabs."""
    active = query.active_filters()
    counted = {facet.name: facet for facet in facets}
    switches = _switches(query, facets, names, address)
    filters = [switches] if switches.values else []
    # What is chosen is offered even where nothing that was found has it.
    for name in dict.fromkeys([*counted, *active]):
        if name in address.fixed or name in {"kind", *SWITCHES}:
            continue
        facet = counted.get(name, Facet(name, ()))
        of_values = _category_values if name == "category" else _values
        values = of_values(query, facet, names, address)
        # Prices can be set to anything, even where all that was found lies in one band.
        if len(values) > 1 or name in active or name == "price":
            filters.append(_filter(name, values, names))
    return [
        Filter(one.name, one.label, one.values, one.several, _is_open(one, number))
        for number, one in enumerate(sorted(filters, key=_place))
    ]


def _filter(name: str, values: Sequence[Value], names: Names) -> Filter:
    return Filter(name, names.of_facet(name), values, several=takes_several(name))


def _place(one: Filter) -> int:
    return FACET_ORDER.index(one.name) if one.name in FACET_ORDER else len(FACET_ORDER)


def _is_open(one: Filter, number: int) -> bool:
    """A category may have a dozen attributes: the last are folded until one is chosen."""
    return number < OPEN_FILTERS or any(value.is_on for value in one.values)


def _values(query: SearchQuery, facet: Facet, names: Names, address: Addresses) -> list[Value]:
    """Those that were counted, and those chosen that were not for being rare."""
    chosen = query.active_filters().get(facet.name, ())
    counted = {one.value: one.count for one in facet.values}
    rare = [] if facet.name == "price" else [value for value in chosen if value not in counted]
    return [
        Value(
            name=facet.name,
            value=value,
            label=names.of_value(facet.name, value),
            count=counted.get(value),
            url=address.of(query.with_facet(facet.name, value)),
            is_on=value in chosen,
        )
        for value in [*counted, *rare]
    ]


def _switches(
    query: SearchQuery, facets: Sequence[Facet], names: Names, address: Addresses
) -> Filter:
    """What can only be on or off, together."""
    counted = {facet.name: facet.values for facet in facets if facet.name in SWITCHES}
    active = query.active_filters()
    values = [
        Value(
            name=name,
            value=value,
            label=names.of_value(name, value),
            count=next((one.count for one in counted.get(name, ()) if one.value == value), None),
            url=address.of(query.with_facet(name, value)),
            is_on=name in active,
        )
        for name in SWITCHES
        if name not in address.fixed and (name in counted or name in active)
        for value in active.get(name, ("1",))
    ]
    return Filter("only", names.of_facet("only"), values, several=True)


def _category_values(
    query: SearchQuery, facet: Facet, names: Names, address: Addresses
) -> list[Value]:
    """The way down to the chosen category and what lies below it; beside it, where nothing does.
    Where none is chosen, the uppermost that there is a choice between."""
    counted = {one.value: one for one in facet.values if one.value in names.categories}
    found = [names.categories[slug] for slug in counted]
    chosen = names.categories.get(query.category)
    if chosen is not None:
        counted.setdefault(chosen.slug, FacetValue(chosen.slug, chosen.slug, 0))
        shown = _around(chosen, found)
    else:
        shown = _first_choice(found)
    depths = sorted({category.depth for category in shown})
    return [
        Value(
            name="category",
            value=category.slug,
            label=category.name,
            count=counted[category.slug].count,
            url=address.of(query.with_facet("category", category.slug)),
            is_on=category == chosen,
            is_above=chosen is not None and _is_below(chosen, category),
            depth=min(depths.index(category.depth), DEEPEST),
        )
        for category in shown
    ]


def _first_choice(found: Sequence[Category]) -> list[Category]:
    """Where everything lies in one category, those below it; none where there never is a choice."""
    parent = None
    while len(below := [one for one in found if _is_child(one, parent)]) == 1:
        parent = below[0]
    return below


def _around(chosen: Category, found: Sequence[Category]) -> list[Category]:
    """`found` comes most frequent first, and goes so on each level."""
    above = sorted((one for one in found if _is_below(chosen, one)), key=lambda one: one.depth)
    if below := [one for one in found if _is_child(one, chosen)]:
        return [*above, chosen, *below]
    parent = above[-1] if above else None
    beside = [one for one in found if _is_child(one, parent)]
    return [*above, *(beside if chosen in beside else [chosen, *beside])]


def _is_below(category: Category, other: Category) -> bool:
    return category.path != other.path and str(category.path).startswith(other.path)


def _is_child(category: Category, parent: Category | None) -> bool:
    if parent is None:
        return bool(category.depth == 1)
    steps: int = MP_Node.steplen
    return bool(category.path[:-steps] == parent.path)


def _categories(results: Results, query: SearchQuery) -> dict[str, Category]:
    facets = (one for one in results.facets if one.name == "category")
    slugs = {value.value for one in facets for value in one.values} | {query.category}
    found = Category.objects.filter(slug__in=slugs - {""}).only("slug", "name", "path", "depth")
    return {category.slug: category for category in found} if slugs - {""} else {}


def _merchants(results: Results, query: SearchQuery) -> dict[str, str]:
    """Most have their name from the index; those chosen of which nothing was found have not."""
    facets = (one for one in results.facets if one.name == "merchant")
    names = {value.value: value.label for one in facets for value in one.values}
    unknown = [slug for slug in query.merchants if slug not in names]
    if unknown:
        names |= dict(Merchant.objects.filter(slug__in=unknown).values_list("slug", "name"))
    return names


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
        return _("With a video") if value == "1" else _("Without a video")
    return _("Selected by shoppers") if value == "1" else _("Not selected")
