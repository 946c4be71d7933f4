import argparse
import fcntl
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from core.errors import ActionRefusedError
from demo import logins
from demo.services import load_world, show_films


class Command(BaseCommand):
    help = (
        "Fill an empty site with the demo world: people, merchants, products, guides and "
        "auditions; with --videos the films too, which a running worker makes playable. Can be "
        "stopped and run again at any time."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--videos",
            action=argparse.BooleanOptionalAction,
            help="Also render and add the videos, and finish the auditions (default: only where "
            "--media is given).",
        )
        parser.add_argument(
            "--media",
            type=Path,
            metavar="DIR",
            help="Take the video files of this folder instead of rendering films.",
        )
        parser.add_argument(
            "--logins",
            action=argparse.BooleanOptionalAction,
            help="Only print who can sign in, and how; --no-logins never prints it.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["logins"]:
            self._print_logins()
            return
        media: Path | None = options["media"]
        if media is not None and not media.is_dir():
            raise CommandError(_("%(folder)s is not a folder.") % {"folder": media})
        wants_videos = options["videos"]
        if wants_videos is None:
            wants_videos = media is not None
        try:
            with _one_at_a_time():
                self._load(with_videos=wants_videos, media=media, tells=options["logins"] is None)
        except ActionRefusedError as error:
            raise CommandError(str(error)) from error

    def _load(self, *, with_videos: bool, media: Path | None, tells: bool) -> None:
        report = Progress(self)
        was_added = load_world(report=report)
        report.end()
        if was_added and tells:
            self._print_logins()
        if not with_videos:
            return
        complete = show_films(media=media, report=report, say=self.stderr.write)
        report.end()
        if complete:
            self.stdout.write(_("The demo world is complete."))

    def _print_logins(self) -> None:
        known = logins.read_logins()
        if known is None:
            raise CommandError(_("There is no demo world here yet: run `manage.py demo`."))
        self.stdout.write(f"\n  {settings.SITE_NAME}: {settings.SITE_URL}\n")
        for name, login in known.items():
            self.stdout.write(f"    {name:<12} {login['email']:<24} {login['password']}")
        self.stdout.write("")


class Progress:
    """One line that grows where a person looks on, one line for each kind in a log."""

    def __init__(self, command: BaseCommand) -> None:
        self.out = command.stdout
        self.is_watched = self.out.isatty()
        self.what = ""
        self.line = ""
        self.begun = time.monotonic()

    def __call__(self, what: str, done: int, total: int) -> None:
        if what != self.what:
            self.end()
            self.what, self.begun = what, time.monotonic()
        self.line = f"  {what}: {done} of {total}"
        if self.is_watched:
            self.out.write(f"\r\033[K{self.line}", ending="")
            self.out.flush()

    def end(self) -> None:
        """The line stays, with the time that it took."""
        if self.line:
            start = "\r\033[K" if self.is_watched else ""
            self.out.write(f"{start}{self.line} ({time.monotonic() - self.begun:.0f} s)")
        self.what = self.line = ""


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Two of these at once would both find the same things missing."""
    path = Path(settings.VAR_DIR) / "demo.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise CommandError(_("The demo is being loaded already; wait for that.")) from error
        yield
