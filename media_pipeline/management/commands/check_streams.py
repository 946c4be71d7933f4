from argparse import ArgumentParser
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from media_pipeline.models import Source
from media_pipeline.selectors import playing
from media_pipeline.streams import Problem, StoredReader, check_streams


class Command(BaseCommand):
    help = (
        "Reads the playlists and every segment of videos as a player does, and holds them against "
        "the rules of HLS and DASH."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("videos", nargs="*", type=UUID, help="Their numbers; all without.")
        parser.add_argument(
            "--no-decode", action="store_true", help="Don't decode key frames: much faster."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        sources = Source.objects.exclude(profile=None).prefetch_related("renditions")
        if options["videos"]:
            sources = sources.filter(videos__uuid__in=options["videos"]).distinct()
        broken = checked = 0
        for source in sources.order_by("pk").iterator(chunk_size=100):
            problems = self._check(source, decode=not options["no_decode"])
            broken += any(not one.is_warning for one in problems)
            checked += 1
        self.stdout.write(f"Streams checked: {checked}; with errors: {broken}.")
        if broken:
            raise CommandError("Players may fail on some of them.")

    def _check(self, source: Source, *, decode: bool) -> list[Problem]:
        reader = StoredReader(playing.renditions_of(source), playing.frame_rate_fraction_of(source))
        problems = check_streams(reader, decode=decode)
        for problem in problems:
            self.stdout.write(f"{source}: {problem}")
        return problems
