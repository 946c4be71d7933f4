"""A query's words in Elasticsearch's language: what matches, and how matches are ranked."""

from collections.abc import Iterable, Sequence
from typing import Any

from search import ranking
from search.analysis import Unit
from search.curation import Curated, Key
from search.matching import Rewriting, Words

Clause = dict[str, Any]
FIRST = 1e6
"""Far above what any words reach."""
LAST = 1e-4
FIELDS = [
    f"title_terms^{ranking.TITLE}",
    f"keyword_terms^{ranking.KEYWORDS}",
    f"summary_terms^{ranking.SUMMARY}",
    f"body_terms^{ranking.BODY}",
]


def sought(words: Words, curated: Curated, *, every: bool) -> Clause:
    """Documents with every word, or with any but not all; ranked, and as editors want them."""
    if not words:
        return {"match_all": {}}
    return _curated(_ranked(_every(words) if every else _some(words), words), curated)


def is_one_of(keys: Iterable[Key]) -> Clause:
    """Matches these documents."""
    clauses = [
        {"bool": {"filter": [{"term": {"kind": kind}}, {"term": {"object_id": object_id}}]}}
        for kind, object_id in keys
    ]
    return {"bool": {"should": clauses, "minimum_should_match": 1}}


def _curated(ranked: Clause, curated: Curated) -> Clause:
    if curated.last:
        ranked = {
            "boosting": {
                "positive": ranked,
                "negative": is_one_of(curated.last),
                "negative_boost": LAST,
            }
        }
    first = [
        {"constant_score": {"filter": is_one_of([key]), "boost": FIRST * (len(curated.first) - n)}}
        for n, key in enumerate(curated.first)
    ]
    return _best([ranked, *first])


def _ranked(matched: Clause, words: Words) -> Clause:
    """ranking.py's formula."""
    functions: list[Clause] = [
        {"weight": 1.0},
        {"filter": _is_the_thing(words), "weight": ranking.HEAD},
        {"field_value_factor": {"field": "score", "factor": ranking.CHOSEN, "missing": 0}},
        {
            "filter": {"range": {"published_at": {"gte": ranking.new_since().isoformat()}}},
            "weight": ranking.NEW,
        },
    ]
    if len(words.phrase) > 1:
        in_order = {"match_phrase": {"title_terms": " ".join(words.phrase)}}
        functions.append({"filter": in_order, "weight": ranking.PHRASE})
    return _weighted(_things_first(_literal_first(matched, words), words), functions)


def _things_first(matched: Clause, words: Words) -> Clause:
    if words.seek_accessory:
        return matched
    accessory = {"filter": {"term": {"is_accessory": True}}, "weight": ranking.ACCESSORY}
    return _weighted(matched, [accessory])


def _literal_first(matched: Clause, words: Words) -> Clause:
    if words.literal == words:
        return matched
    literal = [_every(words.literal)]
    if not words.seek_accessory:
        literal.append({"term": {"is_accessory": False}})
        if words.thing_has_other_names:
            literal.append(_is_the_thing(words))
    return _weighted(matched, [{"filter": _all(literal), "weight": ranking.LITERAL}])


def _weighted(matched: Clause, functions: list[Clause]) -> Clause:
    """The score times the sum of what applies, times 1 where nothing does."""
    return {
        "function_score": {
            "query": matched,
            "functions": functions,
            "score_mode": "sum",
            "boost_mode": "multiply",
        }
    }


def _some(words: Words) -> Clause:
    units = [_unit(unit) for unit in words.units]
    units += [_rewritten(rewriting) for rewriting in words.rewritings]
    return {
        "bool": {"should": units, "minimum_should_match": 1, "must_not": [_every(words)]},
    }


def _is_the_thing(words: Words) -> Clause:
    return {"terms": {"heads": list(words.last)}}


def _every(words: Words) -> Clause:
    readings = [_all(_unit(unit) for unit in words.units)]
    for rewriting in words.rewritings:
        others = [_unit(unit) for unit in words.without(rewriting)]
        readings.append(_all([*others, _rewritten(rewriting)]))
    return _best(readings)


def _rewritten(rewriting: Rewriting) -> Clause:
    boost = ranking.SYNONYM if rewriting.is_synonym else 1.0
    return _best(_phrase(phrase, boost) for phrase in rewriting.phrases)


def _unit(unit: Unit) -> Clause:
    spelt = [_phrase(spelling, 1.0) for spelling in unit.spellings]
    return _best([*spelt, *(_phrase(synonym, ranking.SYNONYM) for synonym in unit.synonyms)])


def _phrase(terms: Sequence[str], boost: float) -> Clause:
    return {
        "multi_match": {
            "query": " ".join(terms),
            "type": "phrase" if len(terms) > 1 else "best_fields",
            "fields": FIELDS,
            "tie_breaker": ranking.TIE,
            "boost": boost,
        }
    }


def _all(clauses: Iterable[Clause]) -> Clause:
    return {"bool": {"must": list(clauses)}}


def _best(clauses: Iterable[Clause]) -> Clause:
    queries = list(clauses)
    return queries[0] if len(queries) == 1 else {"dis_max": {"queries": queries}}
