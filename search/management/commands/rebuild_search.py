from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search import engines, services
from search.documents import document_types
from search.engines.base import EngineAwayError

BAR_WIDTH = 30


class Command(BaseCommand):
    help = "Fills the search indexes anew beside the live ones, then swaps them in one step."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--kind", action="append", choices=sorted(document_types()), help="Only this kind."
        )
        parser.add_argument(
            "--engine",
            action="append",
            choices=[engine.name for engine in engines.kept()],
            help="Only this index: Elasticsearch's, or the database's own, which stands in for it.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        bar = _Bar(self.stderr)
        try:
            counts = services.rebuild(
                kinds=options["kind"], engine_names=options["engine"], on_progress=bar.advance
            )
        except EngineAwayError as error:
            raise CommandError(f"{error} What was live stays as it was.") from error
        finally:
            bar.end()
        for kind, count in counts.items():
            self.stdout.write(f"{kind}: {count} documents")


class _Bar:
    """Drawn on a terminal only. Each engine is filled in turn, so a kind can begin again."""

    def __init__(self, out: Any) -> None:
        self._out = out
        self._kind, self._done, self._total = "", 0, 0

    def advance(self, kind: str, count: int) -> None:
        if not self._out.isatty():
            return
        if kind != self._kind or self._done >= self._total:
            self._kind, self._done = kind, 0
            self._total = sum(1 for _id in document_types()[kind].all_ids())
        self._done += count
        filled = "#" * (BAR_WIDTH * self._done // max(self._total, self._done))
        line = f"\r{kind} [{filled:{BAR_WIDTH}}] {self._done} of {self._total} "
        self._out.write(line, ending="")
        self._out.flush()

    def end(self) -> None:
        if self._total:
            self._out.write("")
