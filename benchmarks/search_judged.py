"""How well the judged queries are answered: by each engine of ours, and by Elasticsearch as it
comes (its own analysis of the plain fields, one multi_match)."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from statistics import fmean
from typing import Any

from elasticsearch import Elasticsearch, helpers  # noqa: TID251 - the reference

from benchmarks.search_shop import Shop, connection
from search.evaluation import read_judgments, scores

FIELDS = ["title", "description", "brand", "mpn", "attributes"]
FETCHED = 100  # results looked at
Report = dict[str, Any]
"""As evaluate_search writes it."""


def judged(shop: Shop, feed: Path, judgments: Path) -> dict[str, Report]:
    """Of a shop that has the feed's products: by engine, "plain" being Elasticsearch's own."""
    return {
        "elasticsearch": _evaluated(shop, judgments, embedded=False),
        "embedded": _evaluated(shop, judgments, embedded=True),
        "plain": _plain(feed, judgments, f"{shop.prefix}-plain"),
    }


def _evaluated(shop: Shop, judgments: Path, *, embedded: bool) -> Report:
    out = shop.folder / "judged.json"
    arguments = ("evaluate_search", "--judgments", str(judgments), "--json", str(out))
    shop.run("manage.py", *arguments, embedded=embedded)
    report: Report = json.loads(out.read_text())
    if report["reduced"] and not embedded:
        raise RuntimeError("Elasticsearch was not there for long enough.")
    return report


def _plain(feed: Path, judgments: Path, index: str) -> Report:
    server = connection().options(request_timeout=60)
    text = {"type": "text"}
    server.indices.create(index=index, mappings={"properties": dict.fromkeys(FIELDS, text)})
    helpers.bulk(server, _products(feed, index))
    server.indices.refresh(index=index)
    found = {query: _found(server, index, query) for query in read_judgments(judgments)}
    server.indices.delete(index=index)
    measured = [
        scores(found[query], ratings)
        for query, ratings in read_judgments(judgments).items()
        if any(ratings.values())
    ]
    return {
        "ndcg@10": fmean(one.all_results for one in measured),
        "ndcg@10_judged_only": fmean(one.judged_only for one in measured),
        "no_result": [query for query, ids in found.items() if not ids],
    }


def _products(feed: Path, index: str) -> Iterator[dict[str, Any]]:
    with gzip.open(feed, "rt", encoding="utf-8") as lines:
        for line in lines:
            record = json.loads(line)
            texts = [str(v) for v in record["attributes"].values() if isinstance(v, str)]
            source = {name: record[name] for name in FIELDS[:-1]}
            yield {
                "_index": index,
                "_id": record["id"],
                "_source": source | {"attributes": " ".join(texts)},
            }


def _found(server: Elasticsearch, index: str, query: str) -> list[str]:
    match = {"multi_match": {"query": query, "type": "best_fields", "fields": FIELDS}}
    found = server.search(index=index, query=match, size=FETCHED, source=False)
    return [hit["_id"] for hit in found["hits"]["hits"]]
