"""A whole site of its own for a journey: web server, worker and beat as `make run` starts them."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

ROOT = Path(__file__).resolve().parent.parent.parent
START_TIMEOUT = 180  # seconds; the tables are made first


@dataclass
class Site:
    address: str
    folder: Path
    environment: dict[str, str]
    process: subprocess.Popen

    def manage(self, *arguments: str, stdin: str = "") -> str:
        """Runs a management command on this site, and returns what it printed."""
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment,
            input=stdin,
            capture_output=True,
            text=True,
            check=True,
        ).stdout

    def mails_to(self, address: str) -> list[str]:
        """The mails sent to an address, oldest first, as they were written to the mail folder."""
        files = sorted((self.folder / "mail").glob("*.log"), key=lambda path: path.stat().st_mtime)
        mails = [mail for file in files for mail in file.read_text().split("-" * 79)]
        return [mail for mail in mails if f"\nTo: {address}" in mail]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def environment_for(folder: Path, *, services: bool) -> dict[str, str]:
    """The environment of a site of its own: a fresh folder, and on services a fresh database, a
    prefix of its own in Elasticsearch and databases of its own in Redis."""
    port = free_port()
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": os.environ.get("HOME", str(folder)),
        "DJANGO_SETTINGS_MODULE": "config.settings.local",
        "AUDITORIUM_VAR": str(folder),
        "AUDITORIUM_DEMO": "0",
        "PORT": str(port),
        "SITE_URL": f"http://localhost:{port}",
        "LOG_LEVEL": "WARNING",
    }
    if services:
        environment |= {
            "DATABASE_URL": fresh_database(os.environ["DATABASE_URL"]),
            "REDIS_URL": urlunsplit(urlsplit(os.environ["REDIS_URL"])._replace(path="/8")),
            "CELERY_BROKER_URL": urlunsplit(urlsplit(os.environ["REDIS_URL"])._replace(path="/9")),
            "ELASTICSEARCH_URL": os.environ["ELASTICSEARCH_URL"],
            "ELASTICSEARCH_CA_CERTS": os.environ.get("ELASTICSEARCH_CA_CERTS", ""),
            "ELASTICSEARCH_INDEX_PREFIX": f"test-journey-{uuid.uuid4().hex[:8]}",
        }
    return environment


def fresh_database(url: str) -> str:
    name = f"journey_{uuid.uuid4().hex[:8]}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return urlunsplit(urlsplit(url)._replace(path=f"/{name}"))


def start_site(environment: dict[str, str]) -> Site:
    """Starts a site and waits until it answers.

    Raises:
        RuntimeError: it ended, or didn't answer in time; with what it printed.
    """
    folder = Path(environment["AUDITORIUM_VAR"])
    log = (folder / "site.log").open("wb")
    process = subprocess.Popen(
        [sys.executable, "-m", "ops.serve"],
        cwd=ROOT,
        env=environment,
        stdout=log,
        stderr=subprocess.STDOUT,
    )
    site = Site(environment["SITE_URL"], folder, environment, process)
    deadline = time.monotonic() + START_TIMEOUT
    while not answers(f"{site.address}/healthz"):
        if process.poll() is not None or time.monotonic() > deadline:
            process.kill()
            raise RuntimeError((folder / "site.log").read_text())
    return site


def stop_site(site: Site) -> None:
    """Ctrl-C, and nothing may be left running."""
    site.process.send_signal(signal.SIGINT)
    site.process.wait(30)


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=2) as response:  # noqa: S310 - our own address
            return response.status == 200
    except (urllib.error.URLError, OSError):
        return False
