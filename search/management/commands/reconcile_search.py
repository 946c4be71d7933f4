from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search import services
from search.documents import document_types


class Command(BaseCommand):
    help = (
        "Compares each search index with what is public now, puts right what differs, and says "
        "how much that was. Runs every night by itself."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--kind", action="append", choices=sorted(document_types()), help="Only this kind."
        )
        parser.add_argument("--dry-run", action="store_true", help="Say it, and change nothing.")

    def handle(self, *args: Any, **options: Any) -> None:
        found = services.reconcile(kinds=options["kind"], repair=not options["dry_run"])
        for drift in found:
            self.stdout.write(
                f"{drift.engine}, {drift.kind}: {drift.compared} compared, "
                f"{len(drift.missing)} missing, {len(drift.stale)} stale, "
                f"{len(drift.extra)} left over"
                + (f", {drift.waiting} changes not taken yet" if drift.waiting else "")
                + (", filled anew" if drift.filled_anew else "")
            )
        total = sum(drift.total for drift in found)
        done = "Nothing was changed." if options["dry_run"] else "Put right."
        self.stdout.write(f"{total} differed. {done if total else 'All is as it should be.'}")
        if away := [drift for drift in found if drift.away]:
            raise CommandError(
                "\n".join(f"{drift.engine}, {drift.kind}: {drift.away}" for drift in away)
            )
