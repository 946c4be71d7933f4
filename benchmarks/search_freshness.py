"""How soon what was published is found, and what was withdrawn no longer is: from the moment its
transaction is committed until the search page, asked over HTTP, says so.

    python benchmarks/search_freshness.py [--quick] [--trials 20] [--import 5000] [--json FILE]

A whole site of its own, as `make run` starts it: on PostgreSQL, Redis and Elasticsearch where the
environment names all three (as `ops/services/start` prints them), else on what is embedded. Each
thing is tried again while an import of that many products is being indexed. --quick makes three
trials and imports 500. Needs an otherwise idle machine.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.journeys.site import environment_for, start_site, stop_site  # noqa: E402

SERVICES = ("DATABASE_URL", "REDIS_URL", "ELASTICSEARCH_URL")
BAR = 2.0
"""Seconds."""
PATIENCE = 60.0
PAUSE = 0.02


@dataclass
class Figure:
    what: str
    seconds: list[float]

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


def main() -> int:
    options = _options()
    if options.within:
        print(json.dumps([asdict(figure) for figure in _figures(options)]))
        return 0
    services = all(os.environ.get(name) for name in SERVICES)
    with tempfile.TemporaryDirectory(prefix="auditorium-fresh-") as folder:
        site = start_site(environment_for(Path(folder), services=services))
        try:
            figures = measured(site.environment, options.trials, options.imported)
        except subprocess.CalledProcessError:
            print((site.folder / "site.log").read_text()[-5_000:], file=sys.stderr)
            raise
        finally:
            stop_site(site)
    _print(figures, services=services)
    if options.json:
        options.json.write_text(json.dumps([asdict(figure) for figure in figures], indent=1))
    return 0 if all(max(figure.seconds) <= BAR for figure in figures) else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--quick", action="store_true", help="three trials, 500 products")
    parser.add_argument("--trials", type=int, default=20)
    parser.add_argument("--import", type=int, default=5_000, dest="imported", metavar="PRODUCTS")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--within", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.quick:
        options.trials, options.imported = 3, 500
    return options


def measured(environment: dict[str, str], trials: int, imported: int) -> list[Figure]:
    """On a site that runs, by a process that has its settings."""
    numbers = ["--trials", str(trials), "--import", str(imported)]
    done = subprocess.run(
        [sys.executable, __file__, "--within", *numbers],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return [Figure(**one) for one in json.loads(done.stdout.splitlines()[-1])]


def _print(figures: list[Figure], *, services: bool) -> None:
    print("PostgreSQL, Redis, Elasticsearch" if services else "SQLite, its full text search")
    print(f"{'':52} {'median':>8} {'slowest':>8} {'bar':>6}")
    for figure in figures:
        slowest = max(figure.seconds)
        missed = "" if slowest <= BAR else "  missed"
        print(f"{figure.what:52} {figure.median:7.2f}s {slowest:7.2f}s {BAR:5.1f}s{missed}")


# --- Within the site's settings


def _figures(options: argparse.Namespace) -> Iterator[Figure]:
    import django  # noqa: PLC0415 - only this process has the settings

    django.setup()
    shop = _Shop()
    shop.wait_until_nothing_is_noted()
    yield from _rounds(shop, options.trials, "")
    if not options.imported:
        return
    shop.import_products(options.imported)
    yield from _rounds(
        shop, options.trials, f", an import of {options.imported} under way", busy=True
    )


def _rounds(shop: "_Shop", trials: int, when: str, *, busy: bool = False) -> Iterator[Figure]:
    steps = shop.steps()
    seconds: dict[str, list[float]] = {name: [] for name, _act, _there in steps}
    for _ in range(trials):
        if busy and not shop.is_anything_noted():
            shop.change_what_was_imported()
        for name, act, there in steps:
            seconds[name].append(shop.seconds_until(act, there=there))
    for name, taken in seconds.items():
        yield Figure(name + when, taken)


class _Shop:
    """A merchant with a product and a guide that can be told by their words."""

    def __init__(self) -> None:
        from tests.factories.accounts import UserFactory  # noqa: PLC0415 - as above
        from tests.factories.cms import GuidePageFactory  # noqa: PLC0415
        from tests.factories.merchants import MerchantFactory  # noqa: PLC0415
        from tests.factories.products import CategoryFactory, ProductFactory  # noqa: PLC0415

        self.editor = UserFactory(admin=True)
        self.merchant = MerchantFactory(name="Fresh", slug="fresh")
        self.importer = MerchantFactory(name="Importer", slug="importer")
        self.category = CategoryFactory(name="Kettles", slug="kettles")
        fields: dict[str, Any] = {"merchant": self.merchant, "category": self.category}
        self.product = ProductFactory(title="Quexal kettle", slug="quexal-kettle", **fields)
        self.guide = GuidePageFactory(title="Choosing a quexal", **fields)
        self._imports = 0

    def steps(self) -> list[tuple[str, Callable[[], object], bool]]:
        """(what happens, its function, whether it is found after it), in this order."""
        from cms import services as editors  # noqa: PLC0415 - as above
        from merchants.services import reinstate_merchant, suspend_merchant  # noqa: PLC0415
        from products.services import list_product, withdraw_product  # noqa: PLC0415

        product, guide, editor = self.product, self.guide, self.editor
        decisions: list[Any] = []
        merchant = self.merchant
        return [
            ("product listed", lambda: list_product(product=product), True),
            ("product withdrawn", lambda: withdraw_product(product=product), False),
            ("guide published", lambda: guide.get_latest_revision().publish(), True),
            (
                "guide taken down",
                lambda: decisions.append(
                    editors.take_down(subject=guide, editor=editor, reason="A trial.")
                ),
                False,
            ),
            (
                "take-down lifted",
                lambda: editors.lift_take_down(take_down=decisions.pop(), editor=editor),
                True,
            ),
            (
                "merchant suspended",
                lambda: suspend_merchant(merchant=merchant, editor=editor, reason="A trial."),
                False,
            ),
            (
                "merchant reinstated",
                lambda: reinstate_merchant(merchant=merchant, editor=editor),
                True,
            ),
            ("guide unpublished", lambda: guide.refresh_from_db() or guide.unpublish(), False),
        ]

    def seconds_until(self, act: Callable[[], object], *, there: bool) -> float:
        act()
        committed = time.monotonic()
        while self._is_found() != there:
            if time.monotonic() - committed > PATIENCE:
                raise RuntimeError(f"Not within {PATIENCE} seconds: {act}")
            time.sleep(PAUSE)
        return time.monotonic() - committed

    def _is_found(self) -> bool:
        from django.conf import settings  # noqa: PLC0415 - as above

        address = f"{settings.SITE_URL}/search/?q=quexal&as_typed=1"
        with urllib.request.urlopen(address, timeout=10) as response:  # noqa: S310 - our own
            page: str = response.read().decode()
        return f"/p/{self.product.pk}/" in page or f"/{self.guide.slug}/" in page

    def import_products(self, count: int) -> None:
        """As a feed's import does, batch for batch; all of it waits to be indexed."""
        from products.choices import ProductState  # noqa: PLC0415 - as above
        from products.models import Product  # noqa: PLC0415

        Product.objects.bulk_create(
            Product(
                merchant=self.importer,
                category=self.category,
                feed_id=f"imported-{number}",
                title=f"Steel pot {number} with a lid of glass",
                slug=f"pot-{number}",
                description="A pot that holds what it is meant to hold. " * 10,
                state=ProductState.LISTED,
            )
            for number in range(count)
        )
        self.change_what_was_imported()

    def change_what_was_imported(self) -> None:
        from django.db import transaction  # noqa: PLC0415 - as above

        from products.models import Product  # noqa: PLC0415
        from products.signals import product_changed  # noqa: PLC0415

        ids = list(Product.objects.filter(merchant=self.importer).values_list("pk", flat=True))
        for start in range(0, len(ids), 500):
            with transaction.atomic():
                product_changed.send(
                    sender=Product, product_ids=ids[start : start + 500], is_bulk=True
                )

    def wait_until_nothing_is_noted(self) -> None:
        while self.is_anything_noted():
            time.sleep(PAUSE)

    def is_anything_noted(self) -> bool:
        from search.models import OutboxEntry  # noqa: PLC0415 - as above

        return OutboxEntry.objects.exists()


if __name__ == "__main__":
    sys.exit(main())
