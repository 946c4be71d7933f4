import json
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from statistics import fmean
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search import services
from search.engines.base import Hit, Results
from search.evaluation import Scores, read_judgments, scores
from search.query import SearchQuery

PATIENCE = 30.0
"""Seconds for a query: the order is measured, not how fast this machine is."""
FETCHED = 100
"""Results looked at, so that ten judged ones are among them where there are ten."""


class Command(BaseCommand):
    help = (
        "Measures the order of results on judged queries (nDCG@10) with the engine that the "
        "settings name."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--judgments",
            type=Path,
            required=True,
            help="CSV with the columns query, product_id (the feed's id) and rating (0 to 3).",
        )
        parser.add_argument("--json", type=Path, help="Where to write the figures.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            judgments = read_judgments(options["judgments"])
        except (OSError, ValueError) as error:
            raise CommandError(str(error)) from error
        report = _report(judgments)
        if options["json"]:
            options["json"].write_text(json.dumps(report, indent=2, ensure_ascii=False) + "\n")
        self.stdout.write(
            f"nDCG@10 {report['ndcg@10']:.3f}, unjudged left out "
            f"{report['ndcg@10_judged_only']:.3f}, {report['judged_queries']} queries; "
            f"without a result: {', '.join(report['no_result']) or 'none'}"
        )


def _report(judgments: dict[str, dict[str, int]]) -> dict[str, Any]:
    found = {query: _found(query) for query in judgments}
    # Where everything judged is irrelevant, no order is better than another.
    measured = {
        query: scores([hit.reference for hit in _shown(found[query])], ratings)
        for query, ratings in judgments.items()
        if any(ratings.values())
    }
    if not measured:
        raise CommandError("No query has a relevant product; there is nothing to measure.")
    return {
        "ndcg@10": fmean(score.all_results for score in measured.values()),
        "ndcg@10_judged_only": fmean(score.judged_only for score in measured.values()),
        "no_result": [query for query, results in found.items() if not _shown(results)],
        "reduced": any(results.reduced for results in found.values()),
        "judged_queries": len(measured),
        "nothing_relevant": sorted(set(judgments) - set(measured)),
        "queries": {query: _rounded(score) for query, score in measured.items()},
    }


def _found(query: str) -> Results:
    wanted = SearchQuery(text=query, kinds=("product",), per_page=FETCHED)
    return services.search(wanted, seconds=PATIENCE)


def _shown(results: Results) -> Sequence[Hit]:
    """What a shopper sees that has to do with the words."""
    return () if results.nothing else (*results.hits, *results.near)


def _rounded(score: Scores) -> dict[str, float]:
    return {
        "ndcg@10": round(score.all_results, 4),
        "ndcg@10_judged_only": round(score.judged_only, 4),
    }
