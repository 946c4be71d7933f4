"""A shop with products of its own to search: a folder, a database, indices in the Elasticsearch
that ELASTICSEARCH_URL names, and the web server as `make run` starts it."""

import os
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from elasticsearch import Elasticsearch  # noqa: TID251 - the reference

from ops.serve import PROCESSES
from tests.journeys.site import ROOT, answers, environment_for

START_TIMEOUT = 60  # seconds
WORKERS = "2"  # as in compose.yaml
PATIENT = "20"
"""Seconds of ELASTICSEARCH_TIMEOUT: what is slow must show as slow, not as an answer of the
database's."""


@dataclass
class Shop:
    folder: Path
    environment: dict[str, str]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.environment['PORT']}"

    @property
    def prefix(self) -> str:
        """What its indices' names begin with."""
        return self.environment["ELASTICSEARCH_INDEX_PREFIX"]

    def run(self, *arguments: str, stdin: str = "", embedded: bool = False) -> str:
        """What Python prints that is run with these arguments in this shop's environment, without
        Elasticsearch where `embedded`."""
        environment = self.environment | ({"ELASTICSEARCH_URL": ""} if embedded else {})
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=environment,
            input=stdin,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        return done.stdout

    @contextmanager
    def served(self) -> Iterator[None]:
        """Its web server answers while the block runs."""
        with (self.folder / "web.log").open("wb") as log:
            command = [
                self.environment["PORT"] if part == os.environ.get("PORT", "8000") else part
                for part in PROCESSES["web"]
            ]
            command[command.index("--workers") + 1] = WORKERS
            web = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=subprocess.STDOUT
            )
            try:
                self._wait_for(web)
                yield
            finally:
                web.terminate()
                web.wait(30)

    def _wait_for(self, web: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + START_TIMEOUT
        while not answers(f"{self.address}/healthz"):
            if web.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError((self.folder / "web.log").read_text())
            time.sleep(0.1)


@contextmanager
def shop(folder: Path) -> Iterator[Shop]:
    """With empty tables; its indices are gone when the block ends."""
    folder.mkdir(exist_ok=True)
    environment = environment_for(folder, services=False) | {
        "ELASTICSEARCH_URL": os.environ["ELASTICSEARCH_URL"],
        "ELASTICSEARCH_CA_CERTS": os.environ.get("ELASTICSEARCH_CA_CERTS", ""),
        "ELASTICSEARCH_INDEX_PREFIX": f"test-{uuid.uuid4().hex[:8]}",
        "ELASTICSEARCH_TIMEOUT": PATIENT,
        "PYTHONPATH": str(ROOT),
        "LOG_LEVEL": "ERROR",
    }
    opened = Shop(folder, environment)
    opened.run("manage.py", "migrate", "--verbosity", "0")
    try:
        yield opened
    finally:
        _clear(opened)


def _clear(opened: Shop) -> None:
    server = connection().options(request_timeout=60, ignore_status=404)
    for index in server.indices.get(index=f"{opened.prefix}-*", allow_no_indices=True):
        server.indices.delete(index=index)
    server.indices.delete_index_template(name=opened.prefix)


def connection() -> Elasticsearch:
    """A bare client for the same server."""
    certificates = os.environ.get("ELASTICSEARCH_CA_CERTS")
    given = {"ca_certs": certificates} if certificates else {}
    return Elasticsearch(os.environ["ELASTICSEARCH_URL"].split(","), **given)
