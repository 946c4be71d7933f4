"""Filters and their counts in the database's own index."""

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import TypeAlias

from django.db.models import Count, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.lookups import In
from django.utils import timezone

from search.choices import Standing
from search.engines.base import (
    ESTABLISHED_AFTER,
    FACET_CATEGORIES,
    FACET_VALUES,
    PRICE_BANDS,
    Facet,
    FacetValue,
)
from search.models import IndexedDocument
from search.query import ATTRIBUTE_PREFIX, SearchQuery

Documents: TypeAlias = "QuerySet[IndexedDocument]"


def filtered(documents: Documents, query: SearchQuery, *, but: str = "") -> Documents:
    """Those that pass the query's filters, the one of the facet named `but` left out."""
    conditions = {name: condition for name, condition in _conditions(query) if name != but}
    return documents.filter(*conditions.values())


def facets_of(documents: Documents, query: SearchQuery) -> tuple[Facet, ...]:
    """The values of each property among these, counted without the facet's own filter."""
    counts: dict[str, Callable[[Documents], list[FacetValue]]] = {
        "kind": partial(_by_column, column="kind"),
        "category": _by_category,
        "brand": partial(_by_column, column="brand"),
        "merchant": partial(_by_column, column="merchant_slug", label="merchant"),
        "price": _by_price,
        "has_video": partial(_by_switch, column="has_video"),
        "selected": partial(_by_switch, column="selected"),
        "standing": _by_standing,
    }
    for key in query.attribute_facets:
        counts[ATTRIBUTE_PREFIX + key] = partial(_by_attribute, key=key)
    facets = (
        Facet(name, tuple(count(filtered(documents, query, but=name))))
        for name, count in counts.items()
    )
    return tuple(facet for facet in facets if facet.values)


def _conditions(query: SearchQuery) -> list[tuple[str, Q]]:
    conditions = []
    if query.kinds:
        conditions.append(("kind", Q(kind__in=query.kinds)))
    if query.category:
        conditions.append(("category", Q(category_path__contains=f"/{query.category}/")))
    if query.brands:
        conditions.append(("brand", Q(brand__in=query.brands)))
    if query.merchants:
        conditions.append(("merchant", Q(merchant_slug__in=query.merchants)))
    if query.price_min is not None or query.price_max is not None:
        conditions.append(("price", _price_between(query.price_min, query.price_max)))
    if query.has_video is not None:
        conditions.append(("has_video", Q(has_video=query.has_video)))
    if query.selected is not None:
        conditions.append(("selected", Q(selected=query.selected)))
    if query.standing:
        conditions.append(("standing", _stands(query.standing)))
    for key, values in query.attributes.items():
        # A stranger's key is no part of a lookup's name, where "__regex" would mean something.
        conditions.append(
            (ATTRIBUTE_PREFIX + key, Q(In(KeyTextTransform(key, "attributes"), values)))
        )
    return conditions


def _price_between(low: float | None, high: float | None) -> Q:
    condition = Q(price__isnull=False)
    if low is not None:
        condition &= Q(price__gte=low)
    if high is not None:
        condition &= Q(price__lte=high)
    return condition


def _by_column(found: Documents, column: str, label: str = "") -> list[FacetValue]:
    rows = (
        found.exclude(**{column: ""})
        .order_by()
        .values_list(column, label or column)
        .annotate(count=Count("pk"))
        .order_by("-count", column)[:FACET_VALUES]
    )
    return [FacetValue(value, text, count) for value, text, count in rows]


def _by_category(found: Documents) -> list[FacetValue]:
    counts: Counter[str] = Counter()
    rows = found.order_by().values_list("category_path").annotate(count=Count("pk"))
    for path, count in rows:
        for slug in filter(None, path.split("/")):
            counts[slug] += count
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [FacetValue(slug, slug, count) for slug, count in ranked[:FACET_CATEGORIES]]


def _by_price(found: Documents) -> list[FacetValue]:
    bands = [band.partition("-")[::2] for band in PRICE_BANDS]
    counts = found.order_by().aggregate(
        **{
            f"band_{index}": Count("pk", filter=_price_between(_bound(low), _bound(high)))
            for index, (low, high) in enumerate(bands)
        }
    )
    found_in = zip(PRICE_BANDS, counts.values(), strict=True)
    return [FacetValue(band, band, count) for band, count in found_in if count]


def _bound(written: str) -> float | None:
    return float(written) if written else None


def _by_switch(found: Documents, column: str) -> list[FacetValue]:
    count = found.filter(**{column: True}).count()
    return [FacetValue("1", "1", count)] if count else []


def _stands(standing: str) -> Q:
    today = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    border = today - ESTABLISHED_AFTER
    if standing == Standing.ESTABLISHED:
        return Q(merchant_since__lt=border)
    return Q(merchant_since__gte=border)


def _by_standing(found: Documents) -> list[FacetValue]:
    counts = found.order_by().aggregate(
        **{name: Count("pk", filter=_stands(name)) for name in Standing.values}
    )
    return [FacetValue(name, name, count) for name, count in counts.items() if count]


def _by_attribute(found: Documents, key: str) -> list[FacetValue]:
    rows = (
        found.filter(attributes__has_key=key)
        .annotate(value=KeyTextTransform(key, "attributes"))
        .order_by()
        .values_list("value")
        .annotate(count=Count("pk"))
        .order_by("-count", "value")[:FACET_VALUES]
    )
    return [FacetValue(value, value, count) for value, count in rows]
