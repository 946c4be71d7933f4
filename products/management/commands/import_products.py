import sys
import time
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.management.base import BaseCommand, CommandError

from core.errors import ActionRefusedError
from merchants.models import Merchant
from merchants.services import create_merchant
from products.choices import FeedFormat, ImportState
from products.models import Category, FeedImport
from products.selectors import category_by_slug
from products.services import run_import, start_import

HOUSE_MERCHANT = "catalogue"
_BAR = 30  # characters
_SHOWN_PROBLEMS = 20


class Command(BaseCommand):
    help = (
        "Import a product feed: Google Merchant Center's format (tab-separated or XML) or JSON "
        "lines, packed with gzip or not. Importing it again updates what changed."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--merchant",
            default=HOUSE_MERCHANT,
            metavar="SLUG",
            help=f"whose products they are; by default “{HOUSE_MERCHANT}”, made when missing",
        )
        parser.add_argument(
            "--category", metavar="SLUG", help="where those go that name no category themselves"
        )
        parser.add_argument(
            "--format", choices=FeedFormat.values, help="found out from the file unless given"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        merchant = self._merchant(options["merchant"])
        category = self._category(options["category"])
        started = time.monotonic()
        feed_import = self._start(options["file"], merchant, category, options["format"])
        try:
            run_import(
                import_id=feed_import.pk,
                lease_token=feed_import.lease_token,
                on_progress=self._show_progress,
            )
        finally:
            self._end_bar()
        feed_import.refresh_from_db()
        self._report(feed_import, time.monotonic() - started)

    def _merchant(self, slug: str) -> Merchant:
        merchant = Merchant.objects.filter(slug=slug).first()
        if merchant:
            return merchant
        if slug != HOUSE_MERCHANT:
            raise CommandError(f"There is no merchant “{slug}”.")
        return create_merchant(
            name="Catalogue",
            slug=HOUSE_MERCHANT,
            about="Products imported by the house.",
            contact_email="catalogue@localhost.invalid",
        )

    def _category(self, slug: str | None) -> Category | None:
        category = category_by_slug(slug) if slug else None
        if slug and category is None:
            raise CommandError(f"There is no category “{slug}”.")
        return category

    def _start(
        self, path: Path, merchant: Merchant, category: Category | None, feed_format: str | None
    ) -> FeedImport:
        try:
            with path.open("rb") as file:
                return start_import(
                    merchant=merchant,
                    user=None,
                    file=File(file),
                    filename=path.name,
                    format=feed_format,
                    category=category,
                    in_background=False,
                )
        except (ActionRefusedError, OSError) as error:
            raise CommandError(str(error)) from error

    def _show_progress(self, feed_import: FeedImport) -> None:
        if not sys.stderr.isatty():
            return
        filled = round(_BAR * feed_import.fraction)
        bar = "█" * filled + "·" * (_BAR - filled)
        self.stderr.write(
            f"\r{bar} {feed_import.fraction:4.0%}  {feed_import.line:,} read",
            style_func=str,  # not in the red of errors
            ending="",
        )

    def _end_bar(self) -> None:
        if sys.stderr.isatty():
            self.stderr.write("")

    def _report(self, feed_import: FeedImport, seconds: float) -> None:
        for problem in feed_import.problems.all()[:_SHOWN_PROBLEMS]:
            self.stderr.write(f"line {problem.line}: {problem.message}")
        unshown = feed_import.bad_count - _SHOWN_PROBLEMS
        if unshown > 0:
            self.stderr.write(f"… and {unshown:,} more lines")
        self.stdout.write(
            f"{feed_import.line:,} read in {seconds:.1f} s: {feed_import.created_count:,} created, "
            f"{feed_import.updated_count:,} updated, {feed_import.unchanged_count:,} unchanged, "
            f"{feed_import.bad_count:,} not taken"
        )
        if feed_import.state != ImportState.FINISHED:
            raise CommandError(feed_import.error or "The import was taken over by a worker.")
