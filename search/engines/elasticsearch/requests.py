"""Our queries in Elasticsearch's language. What a stranger typed gets here as analysed terms and
checked filters only; there is no query string and no pattern of theirs in a request."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from search.choices import Sort, Standing
from search.curation import Curated
from search.engines.base import (
    ESTABLISHED_AFTER,
    FACET_CATEGORIES,
    FACET_VALUES,
    PRICE_BANDS,
    Facet,
    FacetValue,
)
from search.engines.elasticsearch.clauses import Clause, is_one_of, sought
from search.engines.elasticsearch.mapping import SEPARATOR, SHOWN, pair
from search.matching import Words
from search.query import ATTRIBUTE_PREFIX, SearchQuery

_NEWEST = {"published_at": {"order": "desc", "missing": "_last"}}
_BY_ID = {"object_id": "desc"}
SORTS: dict[str, list[Any]] = {
    Sort.NEWEST: [_NEWEST, _BY_ID],
    Sort.PRICE_UP: [{"price": {"order": "asc", "missing": "_last"}}, _BY_ID],
    Sort.PRICE_DOWN: [{"price": {"order": "desc", "missing": "_last"}}, _BY_ID],
}
SUGGESTED = ["_score", {"score": "desc"}, {"title_length": "asc"}, _BY_ID]
BY_RELEVANCE = ["_score", _BY_ID]
# What was chosen first, then what is new: the order where no words say what is sought.
UNSOUGHT = [{"score": "desc"}, {"selected": "desc"}, _NEWEST, _BY_ID]


def search_request(
    query: SearchQuery, words: Words, curated: Curated, *, every: bool = True
) -> dict[str, Any]:
    """One page of results with its facets. Filters work after the facets have counted, and each
    facet applies the others' filters itself."""
    filters = filters_of(query)
    return {
        "query": sought(words, Curated() if query.sort in SORTS else curated, every=every),
        "post_filter": {"bool": {"filter": list(filters.values())}},
        "aggs": _aggregations(query, filters),
        "sort": SORTS.get(query.sort, BY_RELEVANCE if words else UNSOUGHT),
        "from_": (query.page - 1) * query.per_page,
        "size": query.per_page,
        "source": SHOWN,
        "track_total_hits": True,
    }


def near_request(
    query: SearchQuery, words: Words, curated: Curated, *, limit: int
) -> dict[str, Any]:
    """What has some of the words and not all."""
    curated_away = [is_one_of(curated.first)] if curated.first else []
    return {
        "query": {
            "bool": {
                "must": [sought(words, Curated(last=curated.last), every=False)],
                "filter": list(filters_of(query).values()),
                "must_not": curated_away,
            }
        },
        "sort": BY_RELEVANCE,
        "size": limit,
        "source": SHOWN,
        "track_total_hits": False,
    }


def similar_request(like: Sequence[dict[str, str]], limit: int) -> dict[str, Any]:
    """What shares the most telling terms with what `like` points at."""
    fields = ["title_terms", "heads", "categories", "keyword_terms", "summary_terms"]
    return {
        "query": {
            "more_like_this": {
                "fields": fields,
                "like": list(like),
                "min_term_freq": 1,
                "min_doc_freq": 2,
                "max_query_terms": 15,
                # Two of up to seven terms, three in ten of more: one is too often chance.
                "minimum_should_match": "2<2 7<30%",
            }
        },
        "sort": BY_RELEVANCE,
        "size": limit,
        "source": SHOWN,
        "track_total_hits": False,
    }


def suggest_request(words: Sequence[str], limit: int) -> dict[str, Any]:
    """Titles that have these words, the last one perhaps unfinished; the best of each kind."""
    text = {"query": " ".join(words), "operator": "and"}
    best = {
        "name": "best",
        "size": limit,
        "sort": SUGGESTED,
        "_source": ["kind", "shown.title", "shown.url", "shown.picture_url"],
    }
    return {
        "query": {"match_bool_prefix": {"title_words": text}},
        "collapse": {"field": "kind", "inner_hits": best},
        "size": 20,
        "source": False,
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
    """The facets in a response."""
    facets = (
        Facet(name, tuple(_values(name, counted["buckets"])))
        for group in aggregations.values()
        for name, counted in group.items()
        if name != "doc_count"
    )
    return tuple(facet for facet in facets if facet.values)


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
    # Facets that count the same documents are counted together: going through all that was
    # found once for each facet takes twice as long.
    groups: dict[str, Clause] = {}
    for name, facet in facets.items():
        own = name if name in filters else ""
        others = [clause for other, clause in filters.items() if other != own]
        group = groups.setdefault(
            own or "others", {"filter": {"bool": {"filter": others}}, "aggs": {}}
        )
        group["aggs"][name] = facet
    return groups


def _most(field: str, *, size: int = FACET_VALUES, **options: Any) -> Clause:
    order = [{"_count": "desc"}, {"_key": "asc"}]
    return {"terms": {"field": field, "size": size, "order": order, **options}}


def _band(written: str) -> Clause:
    low, _dash, high = written.partition("-")
    return _between(float(low) if low else None, float(high) if high else None)


def _values(name: str, buckets: Any) -> list[FacetValue]:
    if isinstance(buckets, Mapping):
        # Elasticsearch gives them in the order of the alphabet.
        keys = PRICE_BANDS if name == "price" else buckets
        counts = [(key, buckets[key]["doc_count"]) for key in keys]
        return [FacetValue(key, key, count) for key, count in counts if count]
    values = []
    for bucket in buckets:
        left, separator, right = bucket["key"].partition(SEPARATOR)
        if name.startswith(ATTRIBUTE_PREFIX):
            left = right
        values.append(FacetValue(left, right if separator else left, bucket["doc_count"]))
    return values
