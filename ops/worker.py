"""The one worker of `make run`, with beat as a thread of it.

`celery worker --beat` would fork beat off as a process of its own, which costs a second
interpreter's memory, and which looks up from its sleep too late for a quick Ctrl-C.
"""

from typing import Any

from celery.beat import EmbeddedService
from celery.signals import worker_ready, worker_shutting_down

from config.celery import app

ARGUMENTS = [
    "--quiet",
    "worker",
    # Threads, because the heavy work is ffmpeg's, in processes of its own; one interpreter
    # holds them all, and a long transcode doesn't keep a mail waiting.
    "--pool=threads",
    "--concurrency=3",
    "--queues=default,media",
    "--loglevel=warning",
    "--without-gossip",
    "--without-mingle",
]


def main() -> None:
    beat: Any = EmbeddedService(app, thread=True)

    def start_beat(**_: Any) -> None:
        beat.start()

    def stop_beat(**_: Any) -> None:
        beat.stop()

    worker_ready.connect(start_beat)
    worker_shutting_down.connect(stop_beat)
    app.start(ARGUMENTS)


if __name__ == "__main__":
    main()
