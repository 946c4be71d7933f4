"""Shoppers at once, and beside them the same requests sent to Elasticsearch with nothing around
them, both from as many processes as production's web server has. Run inside a shop's environment
with a plan on its standard input; prints what it measured.

What is sent barely is what our own code sends for the same address, recorded on its way; where
that took several requests it is the last one that also counts facets: the one that answered.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from math import ceil
from multiprocessing import get_context
from multiprocessing.queues import SimpleQueue
from multiprocessing.synchronize import Barrier
from typing import Any
from unittest.mock import patch
from urllib.parse import urlencode, urlsplit

import django
import urllib3
from elastic_transport import Transport

django.setup()

from django.http import QueryDict  # noqa: E402 - Django is set up first

from search import services  # noqa: E402
from search.query import SearchQuery  # noqa: E402

JSON = "application/vnd.elasticsearch+json; compatible-with=9"
PROCESSES = 2
"""As in compose.yaml."""
Ask = Callable[[], object]


@dataclass
class Plan:
    searches: Sequence[str]
    """What stands after the question mark of the search page's address."""
    typed: Sequence[str]
    """What has been typed when suggestions are asked for."""
    shoppers: int
    """How many ask at once."""
    rounds: int
    site: str = ""
    """The web server's address; without one, nothing is asked over HTTP."""


@dataclass
class Times:
    """In ms."""

    p50: float
    p99: float
    mean: float
    count: int

    @classmethod
    def of(cls, seconds: Sequence[float]) -> "Times":
        ordered = sorted(one * 1000 for one in seconds)
        return cls(
            p50=ordered[len(ordered) // 2],
            p99=ordered[ceil(len(ordered) * 0.99) - 1],
            mean=sum(ordered) / len(ordered),
            count=len(ordered),
        )


def measure(plan: Plan) -> dict[str, Times]:
    """The shoppers shared among PROCESSES, each with a share of the rounds."""
    context = get_context("spawn")
    together, told = context.Barrier(PROCESSES), context.SimpleQueue()
    processes = [
        context.Process(target=_measure, args=(plan, together, told)) for _ in range(PROCESSES)
    ]
    for process in processes:
        process.start()
    shares = [told.get() for _ in processes]
    for process in processes:
        process.join()
    return {name: Times.of([s for share in shares for s in share[name]]) for name in shares[0]}


def _measure(plan: Plan, together: Barrier, told: "SimpleQueue[dict[str, list[float]]]") -> None:
    """Each load in turn, and that again and again, so that what else the machine does meanwhile
    meets all of them. The first round is not counted."""
    loads = _loads(plan)
    times: dict[str, list[float]] = {name: [] for name in loads}
    with ThreadPoolExecutor(plan.shoppers // PROCESSES) as shoppers:
        for number in range(plan.rounds // PROCESSES + 1):
            for name, asks in loads.items():
                together.wait()
                seconds = list(shoppers.map(_timed, asks))
                times[name] += seconds if number else []
    told.put(times)


def _loads(plan: Plan) -> dict[str, list[Ask]]:
    searches = [SearchQuery.from_params(QueryDict(address)) for address in plan.searches]
    loads: dict[str, list[Ask]] = {
        "bare search": _bare(_recorded(lambda q=query: _found(q)) for query in searches),
        "search": [lambda q=query: _found(q) for query in searches],
        "bare suggestion": _bare(
            _recorded(lambda t=typed: services.suggest(t)) for typed in plan.typed
        ),
        "suggestion": [lambda t=typed: services.suggest(t) for typed in plan.typed],
    }
    if plan.site:
        loads["search page"] = _pages(plan.site, "/search/?", plan.searches)
        typed = [urlencode({"q": text}) for text in plan.typed]
        loads["suggestion over HTTP"] = _pages(plan.site, "/search/suggest/?", typed)
    return loads


def _timed(ask: Ask) -> float:
    begun = time.perf_counter()
    ask()
    return time.perf_counter() - begun


def _found(query: SearchQuery) -> object:
    results = services.search(query)
    if results.reduced:
        raise RuntimeError("Elasticsearch was not there for long enough.")
    return results


def _recorded(ask: Ask) -> tuple[str, str, bytes] | None:
    """The request that this sends to Elasticsearch: method, path and body; None where it sends
    none."""
    sent: list[tuple[str, str, dict[str, Any]]] = []
    perform = Transport.perform_request

    def recording(self: Transport, method: str, target: str, **options: Any) -> Any:
        sent.append((method, target, options["body"]))
        return perform(self, method, target, **options)

    with patch.object(Transport, "perform_request", recording):
        ask()
    answering = [one for one in sent if "aggs" in one[2]] or sent
    if not answering:
        return None
    method, target, body = answering[-1]
    return method, target, json.dumps(body).encode()


def _bare(requests: Iterable[tuple[str, str, bytes] | None]) -> list[Ask]:
    pool, headers = _pool(os.environ["ELASTICSEARCH_URL"].split(",")[0])
    headers |= {"content-type": JSON, "accept": JSON}
    return [
        lambda r=request: _good(pool.request(r[0], r[1], body=r[2], headers=headers))
        for request in requests
        if request
    ]


def _pages(site: str, path: str, addresses: Iterable[str]) -> list[Ask]:
    pool, headers = _pool(site)
    return [
        lambda a=address: _good(pool.request("GET", path + a, headers=headers))
        for address in addresses
    ]


def _pool(address: str) -> tuple[urllib3.HTTPConnectionPool, dict[str, str]]:
    parts = urlsplit(address)
    certificates = os.environ.get("ELASTICSEARCH_CA_CERTS") if parts.scheme == "https" else None
    pool = urllib3.connection_from_url(
        f"{parts.scheme}://{parts.hostname}:{parts.port}",
        maxsize=64,
        retries=False,
        timeout=60,
        **({"ca_certs": certificates} if certificates else {}),
    )
    login = f"{parts.username}:{parts.password}" if parts.username else None
    return pool, dict(urllib3.make_headers(basic_auth=login))


def _good(response: urllib3.BaseHTTPResponse) -> None:
    if response.status != 200:
        raise RuntimeError(f"{response.status}: {response.data[:500]!r}")


def main() -> None:
    plan = Plan(**json.load(sys.stdin))
    print(json.dumps({name: asdict(times) for name, times in measure(plan).items()}))


if __name__ == "__main__":
    main()
