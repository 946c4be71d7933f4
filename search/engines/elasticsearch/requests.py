"""Our queries in Elasticsearch's language. What a stranger typed gets here as analysed terms and
checked filters only; there is no query string and no pattern of theirs in a request."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from search import ranking
from search.analysis import Unit
from search.choices import Sort, Standing
from search.engines.base import (
    ESTABLISHED_AFTER,
    FACET_CATEGORIES,
    FACET_VALUES,
    PRICE_BANDS,
    Facet,
    FacetValue,
)
from search.engines.elasticsearch.mapping import SEPARATOR, SHOWN, pair
from search.matching import Words
from search.query import ATTRIBUTE_PREFIX, SearchQuery

Clause = dict[str, Any]
FIELDS = [
    f"title_terms^{ranking.TITLE}",
    f"keyword_terms^{ranking.KEYWORDS}",
    f"summary_terms^{ranking.SUMMARY}",
    f"body_terms^{ranking.BODY}",
]
_NEWEST = {"published_at": {"order": "desc", "missing": "_last"}}
_BY_ID = {"object_id": "desc"}
SORTS: dict[str, list[Any]] = {
    Sort.NEWEST: [_NEWEST, _BY_ID],
    Sort.PRICE_UP: [{"price": {"order": "asc", "missing": "_last"}}, _BY_ID],
    Sort.PRICE_DOWN: [{"price": {"order": "desc", "missing": "_last"}}, _BY_ID],
}
BY_RELEVANCE = ["_score", _BY_ID]
# What was chosen first, then what is new: the order where no words say what is sought.
UNSOUGHT = [{"score": "desc"}, {"selected": "desc"}, _NEWEST, _BY_ID]


def search_request(query: SearchQuery, words: Words, *, every: bool) -> dict[str, Any]:
    """One page of results with its facets. Filters work after the facets have counted, and each
    facet applies the others' filters itself."""
    filters = filters_of(query)
    return {
        "query": _ranked(_matching(words, every=every), words) if words else {"match_all": {}},
        "post_filter": {"bool": {"filter": list(filters.values())}},
        "aggs": _aggregations(query, filters),
        "sort": SORTS.get(query.sort, BY_RELEVANCE if words else UNSOUGHT),
        "from_": (query.page - 1) * query.per_page,
        "size": query.per_page,
        "source": SHOWN,
        "track_total_hits": True,
    }


def suggest_request(words: Sequence[str], limit: int) -> dict[str, Any]:
    """Titles that have these words, the last one perhaps unfinished."""
    text = {"query": " ".join(words), "operator": "and"}
    return {
        "query": {"match_bool_prefix": {"title_words": text}},
        "sort": ["_score", {"score": "desc"}, {"title_length": "asc"}, _BY_ID],
        "size": limit,
        "source": ["kind", "shown.title", "shown.url", "shown.picture_url"],
        "track_total_hits": False,
    }


def filters_of(query: SearchQuery) -> dict[str, Clause]:
    """The query's filters, each by the name of its facet."""
    filters: dict[str, Clause] = {}
    terms = {
        "kind": ("kind", list(query.kinds)),
        "category": ("categories", [query.category]),
        "brand": ("brand", list(query.brands)),
        "merchant": ("merchant_slug", list(query.merchants)),
    }
    for name, (field, values) in terms.items():
        if any(values):
            filters[name] = {"terms": {field: values}}
    if query.price_min is not None or query.price_max is not None:
        filters["price"] = _between(query.price_min, query.price_max)
    if query.has_video is not None:
        filters["has_video"] = {"term": {"has_video": query.has_video}}
    if query.selected is not None:
        filters["selected"] = {"term": {"selected": query.selected}}
    if query.standing:
        filters["standing"] = _standing(query.standing)
    for key, chosen in query.attributes.items():
        pairs = [pair(key, value) for value in chosen]
        filters[ATTRIBUTE_PREFIX + key] = {"terms": {"attributes": pairs}}
    return filters


def facets_from(aggregations: Mapping[str, Any]) -> tuple[Facet, ...]:
    """The facets in a response, in the order they were asked for."""
    facets = (Facet(name, tuple(_values(name, found))) for name, found in aggregations.items())
    return tuple(facet for facet in facets if facet.values)


def _matching(words: Words, *, every: bool) -> Clause:
    units = [_any_spelling(unit) for unit in words.units]
    if not every:
        units += [_spelling((joined,)) for _index, joined in words.pairs]
        return {"bool": {"should": units, "minimum_should_match": 1}}
    readings = [_all(units)]
    for index, joined in words.pairs:
        others = [_any_spelling(unit) for unit in words.without(index, 2)]
        readings.append(_all([*others, _spelling((joined,))]))
    return {"dis_max": {"queries": readings}}


def _all(clauses: list[Clause]) -> Clause:
    return {"bool": {"must": clauses}}


def _any_spelling(unit: Unit) -> Clause:
    return {"dis_max": {"queries": [_spelling(spelling) for spelling in unit.spellings]}}


def _spelling(terms: Sequence[str]) -> Clause:
    return {
        "multi_match": {
            "query": " ".join(terms),
            "type": "phrase" if len(terms) > 1 else "best_fields",
            "fields": FIELDS,
            "tie_breaker": ranking.TIE,
        }
    }


def _ranked(matching: Clause, words: Words) -> Clause:
    """ranking.py's formula."""
    functions: list[Clause] = [
        {"weight": 1.0},
        {"filter": {"terms": {"heads": list(words.last)}}, "weight": ranking.HEAD},
        {"field_value_factor": {"field": "score", "factor": ranking.CHOSEN, "missing": 0}},
    ]
    if len(words.phrase) > 1:
        in_order = {"match_phrase": {"title_terms": " ".join(words.phrase)}}
        functions.append({"filter": in_order, "weight": ranking.PHRASE})
    return {
        "function_score": {
            "query": matching,
            "functions": functions,
            "score_mode": "sum",
            "boost_mode": "multiply",
        }
    }


def _between(low: float | None, high: float | None) -> Clause:
    bounds = {"gte": low, "lte": high}
    return {
        "range": {"price": {name: value for name, value in bounds.items() if value is not None}}
    }


def _standing(standing: str) -> Clause:
    # To the day, so that Elasticsearch can remember the answer.
    border = f"now-{ESTABLISHED_AFTER.days}d/d"
    bound = "lt" if standing == Standing.ESTABLISHED else "gte"
    return {"range": {"merchant_since": {bound: border}}}


def _aggregations(query: SearchQuery, filters: Mapping[str, Clause]) -> dict[str, Clause]:
    facets: dict[str, Clause] = {
        "kind": _most("kind"),
        "category": _most("categories", size=FACET_CATEGORIES),
        "brand": _most("brand"),
        "merchant": _most("merchant"),
        "price": {"filters": {"filters": {band: _band(band) for band in PRICE_BANDS}}},
        "has_video": {"filters": {"filters": {"1": {"term": {"has_video": True}}}}},
        "selected": {"filters": {"filters": {"1": {"term": {"selected": True}}}}},
        "standing": {"filters": {"filters": {name: _standing(name) for name in Standing.values}}},
    }
    for key in query.attribute_facets:
        values: dict[str, Any] = {"include": re.escape(key + SEPARATOR) + ".*"}
        facets[ATTRIBUTE_PREFIX + key] = _most("attributes", **values)
    return {
        name: {
            "filter": {"bool": {"filter": [f for other, f in filters.items() if other != name]}},
            "aggs": {"values": facet},
        }
        for name, facet in facets.items()
    }


def _most(field: str, *, size: int = FACET_VALUES, **options: Any) -> Clause:
    order = [{"_count": "desc"}, {"_key": "asc"}]
    return {"terms": {"field": field, "size": size, "order": order, **options}}


def _band(written: str) -> Clause:
    low, _dash, high = written.partition("-")
    return _between(float(low) if low else None, float(high) if high else None)


def _values(name: str, found: Mapping[str, Any]) -> list[FacetValue]:
    buckets = found["values"]["buckets"]
    if isinstance(buckets, Mapping):
        counts = [(key, bucket["doc_count"]) for key, bucket in buckets.items()]
        return [FacetValue(key, key, count) for key, count in counts if count]
    values = []
    for bucket in buckets:
        left, separator, right = bucket["key"].partition(SEPARATOR)
        if name.startswith(ATTRIBUTE_PREFIX):
            left = right
        values.append(FacetValue(left, right if separator else left, bucket["doc_count"]))
    return values
