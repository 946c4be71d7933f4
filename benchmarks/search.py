"""How well and how fast the shop's search answers: each figure beside its reference, measured in
the same minutes on the same machine.

    python benchmarks/search.py FEED JUDGMENTS [--quick] [--only WHAT] [--json FILE]

FEED and JUDGMENTS are products.jsonl.gz and judgments.csv of ../shared/data/icecat.
ELASTICSEARCH_URL (and ELASTICSEARCH_CA_CERTS) name the server, as `ops/services/start` prints
them; what is made there goes again. --quick takes a tenth of the products. Figures by the clock
need an otherwise idle machine; what is judged does not.
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.reporting import Row, report  # noqa: E402
from benchmarks.search_catalogue import DEPARTMENTS, write_catalogue  # noqa: E402
from benchmarks.search_judged import judged  # noqa: E402
from benchmarks.search_shop import Shop, shop  # noqa: E402
from search.evaluation import read_judgments  # noqa: E402

PRODUCTS = 100_000
QUICK_PRODUCTS = 10_000
FEW_PRODUCTS = 1_000
SHOPPERS = 8
ROUNDS = 8
QUICK_ROUNDS = 3
# Every fifth search is narrowed in one of these ways.
NARROWED = (
    "",
    "&price_min=20&price_max=200",
    "&brand=HP",
    "&kind=product&category=department-{department}",
    "&page=2",
)
WORST = 10  # queries named
WHAT = ("judged", "load", "rebuild")

Load = dict[str, dict[str, float]]
"""By what was asked: p50, p99 and mean in ms, and how often."""
Result = TypeVar("Result")


@dataclass
class Task:
    feed: Path
    judgments: Path
    folder: Path
    products: int
    rounds: int
    only: Sequence[str]


def measure(task: Task) -> list[Row]:
    rows = []
    if "judged" in task.only:
        with shop(task.folder / "judged") as opened:
            _fill(opened, task.feed)
            rows += _judged_rows(judged(opened, task.feed, task.judgments))
    if "load" in task.only:
        few = _of_catalogue(task, FEW_PRODUCTS, lambda opened: _loaded(task, opened))
        many = _of_catalogue(task, task.products, lambda opened: _loaded(task, opened))
        rows += _load_rows(few, many)
    if "rebuild" in task.only:
        filling = ("-m", "benchmarks.search_filling")
        taken = _of_catalogue(task, task.products, lambda opened: opened.run(*filling))
        rows += _rebuild_rows(json.loads(taken))
    return rows


def _of_catalogue(task: Task, products: int, measured: Callable[[Shop], Result]) -> Result:
    """What is measured in a shop with so many products."""
    name = f"catalogue-{products}"
    feed = task.folder / f"{name}.jsonl.gz"
    if not feed.exists():
        write_catalogue(task.feed, feed, products)
    with shop(Path(tempfile.mkdtemp(prefix=f"{name}-", dir=task.folder))) as opened:
        _fill(opened, feed)
        return measured(opened)


def _fill(opened: Shop, feed: Path) -> None:
    for arguments in (("import_products", str(feed)), ("rebuild_search",)):
        print(f"  {opened.run('manage.py', *arguments).splitlines()[0]}", flush=True)


def _loaded(task: Task, opened: Shop) -> Load:
    queries = list(read_judgments(task.judgments))
    plan = {
        "searches": list(_searches(queries)),
        "typed": list(_typed(queries)),
        "shoppers": SHOPPERS,
        "rounds": task.rounds,
        "site": opened.address,
    }
    with opened.served():
        load: Load = json.loads(opened.run("-m", "benchmarks.search_load", stdin=json.dumps(plan)))
    for name, times in load.items():
        print(f"  {name}: " + ", ".join(f"{key} {value:.1f}" for key, value in times.items()))
    return load


def _searches(queries: Iterable[str]) -> Iterator[str]:
    for number, query in enumerate(queries):
        narrowed = NARROWED[number % len(NARROWED)].format(department=number % DEPARTMENTS)
        yield urlencode({"q": query}) + narrowed


def _typed(queries: Iterable[str]) -> Iterator[str]:
    """Each query half typed, and nearly; some with two letters in the wrong order."""
    for number, query in enumerate(queries):
        yield query[: max(3, len(query) // 2)]
        wrong = query[:2] + query[3:4] + query[2:3] + query[4:]
        yield (query if number % 4 else wrong)[:-1]


def _judged_rows(reports: dict[str, dict[str, Any]]) -> list[Row]:
    ours, embedded, plain = (reports[name] for name in ("elasticsearch", "embedded", "plain"))
    for name, measured in (("Elasticsearch", ours), ("the embedded engine", embedded)):
        worst = sorted(measured["queries"].items(), key=lambda one: one[1]["ndcg@10"])[:WORST]
        print(f"  worst on {name}: " + ", ".join(f"{q} {s['ndcg@10']:.2f}" for q, s in worst))
    said = "Elasticsearch as it comes: {:.3f}"
    every, only = "ndcg@10", "ndcg@10_judged_only"
    return [
        Row("nDCG@10, unjudged 0", ours[every], "", said.format(plain[every]), 0.80, True),
        Row("nDCG@10, unjudged removed", ours[only], "", said.format(plain[only]), 0.85, True),
        Row("queries with no result", len(ours["no_result"]), "",
            said.format(len(plain["no_result"])), 0),
        Row("embedded engine, nDCG@10", embedded[every], "", said.format(plain[every]), 0.70, True),
    ]  # fmt: skip


def _load_rows(few: Load, many: Load) -> list[Row]:
    def said(name: str, which: str) -> str:
        return f"{name} {many[name][which]:.1f} ms, with few products {few[name][which]:.1f} ms"

    def ratio(name: str, which: str) -> float:
        return many[name][which] / many["bare search"][which]

    beyond = many["suggestion over HTTP"]["p99"] - many["bare suggestion"]["p99"]
    bare_growth = many["bare search"]["p99"] / few["bare search"]["p99"]
    return [
        Row("search / bare query, p50", ratio("search", "p50"), "×", said("bare search", "p50"),
            1.5),
        Row("search / bare query, p99", ratio("search", "p99"), "×", said("bare search", "p99"),
            1.5),
        Row("page over HTTP / bare, p50", ratio("search page", "p50"), "×",
            said("search page", "p50"), None),
        Row("page over HTTP / bare, p99", ratio("search page", "p99"), "×",
            said("search page", "p99"), None),
        Row("suggestion over HTTP, p99", beyond, "ms more", said("bare suggestion", "p99"), 50),
        Row("p99, many / few products", many["search"]["p99"] / few["search"]["p99"], "×",
            f"the bare query's: {bare_growth:.2f}", 2),
    ]  # fmt: skip


def _rebuild_rows(taken: dict[str, float]) -> list[Row]:
    bare = (taken["bare"] + taken["bare again"]) / 2
    said = f"bulk helper {bare:.1f} s, {taken['documents']:.0f} documents"
    return [
        Row("rebuild / bulk helper", taken["elasticsearch"] / bare, "×", said, 1.5),
        Row("with the database's own", taken["everything"] / bare, "×", said, None),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("feed", type=Path)
    parser.add_argument("judgments", type=Path)
    parser.add_argument("--quick", action="store_true", help=f"{QUICK_PRODUCTS} products only")
    parser.add_argument("--only", choices=WHAT, action="append", help="these rows only")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the figures here")
    options = parser.parse_args()
    if not os.environ.get("ELASTICSEARCH_URL"):
        parser.error("ELASTICSEARCH_URL names no Elasticsearch; ops/services/start prints one.")
    with tempfile.TemporaryDirectory() as name:
        rows = measure(
            Task(
                feed=options.feed.resolve(),
                judgments=options.judgments.resolve(),
                folder=Path(name),
                products=QUICK_PRODUCTS if options.quick else PRODUCTS,
                rounds=QUICK_ROUNDS if options.quick else ROUNDS,
                only=options.only or WHAT,
            )
        )
    report(rows, options.json)


if __name__ == "__main__":
    main()
