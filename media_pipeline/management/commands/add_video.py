from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.management.base import BaseCommand, CommandError

from core.errors import ActionRefusedError
from media_pipeline import services
from merchants.models import Merchant


class Command(BaseCommand):
    help = "Puts a video file of this machine through the pipeline, as an upload would."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--merchant", required=True, help="The merchant's slug.")
        parser.add_argument("--title", required=True)
        parser.add_argument("--description", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        merchant = Merchant.objects.filter(slug=options["merchant"]).first()
        if merchant is None:
            raise CommandError(f"There is no merchant “{options['merchant']}”.")
        try:
            with options["file"].open("rb") as stream:
                video = services.add_video(
                    merchant=merchant,
                    user=None,
                    title=options["title"],
                    description=options["description"],
                    file=File(stream),
                )
        except (OSError, ActionRefusedError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{video.uuid}: a worker will take it from here.")
