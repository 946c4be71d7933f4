"""The order of results on real products and real queries that people have judged."""

import gzip
import json
from pathlib import Path
from statistics import fmean

import pytest
from django.conf import settings as django_settings

from search import engines
from search.engines.elasticsearch import ElasticsearchEngine
from search.evaluation import read_judgments, scores
from search.query import SearchQuery
from tests.elasticsearch import own_indices, settle

ICECAT = django_settings.BASE_DIR.parent / "shared" / "data" / "icecat"

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not ICECAT.exists(), reason="../shared/data/icecat is not on this machine"),
]


def put_all(products):
    with gzip.open(ICECAT / "products.jsonl.gz", "rt") as lines:
        for line in lines:
            record = json.loads(line)
            description = record.get("description") or ""
            values = [v for v in record["attributes"].values() if isinstance(v, str)]
            products.put(
                object_id=int(record["id"]),
                title=record["title"],
                reference=record["id"],
                summary=" ".join(description.split())[:300],
                body="\n".join([description, *(v for v in values if len(v) > 80)]),
                keywords=" ".join([record["mpn"] or "", *(v for v in values if len(v) <= 80)]),
                brand=record["brand"] or "",
                published_at=None,
            )


def references(engine, query):
    results = engine.search(SearchQuery(text=query, per_page=50))
    return [hit.reference for hit in (*results.hits, *results.near)]


def measured(engine):
    judgments = read_judgments(Path(ICECAT / "judgments.csv"))
    found = {query: references(engine, query) for query in judgments}
    assert all(found.values())
    rated = {query: ratings for query, ratings in judgments.items() if any(ratings.values())}
    return fmean(scores(found[query], ratings).all_results for query, ratings in rated.items())


def test_the_database_orders_well(products, database_only):
    put_all(products)
    engines.database().rebuild(products.type, lambda count: None)

    assert measured(engines.database()) >= 0.79


@pytest.mark.services
def test_elasticsearch_orders_well(products, elasticsearch_url, settings):
    put_all(products)
    engine = ElasticsearchEngine()
    with own_indices(settings):
        engine.rebuild(products.type, lambda count: None)
        settle(engine)

        assert measured(engine) >= 0.82
