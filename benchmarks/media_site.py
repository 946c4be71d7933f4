"""One video on its way through a whole site, web server and worker as `make run` starts them:
uploaded by a tus client, watched until it is ready."""

import sqlite3
import time
import urllib.request
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from tusclient.client import TusClient

from benchmarks.measuring import cpu_of, descendants, memory_of, peak_memory_of
from tests.journeys.site import Site, environment_for, start_site, stop_site

CSRF = "a" * 32  # Django compares the cookie with the header
PART = 8 * 2**20  # bytes of one request
REST = 20  # seconds after the start before memory is read
PATIENCE = 3600  # seconds
SIGN_IN = """
from django.contrib.sessions.backends.db import SessionStore
from tests.factories.merchants import MembershipFactory
membership = MembershipFactory(merchant__slug="kitchen")
session = SessionStore()
session.update({
    "_auth_user_id": str(membership.user.pk),
    "_auth_user_backend": "django.contrib.auth.backends.ModelBackend",
    "_auth_user_hash": membership.user.get_session_auth_hash(),
})
session.create()
print(session.session_key)
"""


@dataclass
class Passage:
    idle_memory: float = 0.0
    """MB of web server, worker and beat before the upload (PSS)."""
    finishing: float = 0.0
    """Seconds that the upload's last request took."""
    first_look: float = 0.0
    """Seconds from then until the merchant could play the first ones."""
    wall: float = 0.0
    """Seconds from then until all was done."""
    cpu: float = 0.0
    """CPU seconds of the worker and its programs meanwhile."""
    memory: float = 0.0
    """MB of those programs at the worst moment, without the worker itself."""
    rungs: int = 0
    """Bytes."""
    stored: int = 0
    """Bytes of all files that are served of it."""
    steps: dict[str, float] = field(default_factory=dict)
    """Seconds of each."""


def passage_of(clip: Path, folder: Path) -> Passage:
    """Raises RuntimeError where it doesn't become ready."""
    site = start_site(environment_for(folder, services=False))
    try:
        return _passage(site, clip)
    finally:
        stop_site(site)


def _passage(site: Site, clip: Path) -> Passage:
    passage = Passage()
    key = site.manage("shell", "--no-imports", "-c", SIGN_IN).strip().splitlines()[-1]
    headers = {"Cookie": f"sessionid={key}; csrftoken={CSRF}", "X-CSRFToken": CSRF}
    time.sleep(REST)
    passage.idle_memory = memory_of(site.process.pid)
    worker = _worker_of(site)
    client = TusClient(f"{site.address}/media/uploads/?merchant=kitchen", headers=headers)
    uploader = client.uploader(str(clip), chunk_size=PART)
    uploader.upload(stop_at=(clip.stat().st_size - 1) // PART * PART)
    spent = cpu_of(worker)
    resident = memory_of(worker)
    begun = time.monotonic()
    uploader.upload()
    passage.finishing = time.monotonic() - begun
    with peak_memory_of(worker) as peak:
        passage.first_look = _seconds_until_playable(site, headers, begun)
        _wait_until_ready(site)
    passage.wall = time.monotonic() - begun
    passage.cpu = cpu_of(worker) - spent
    passage.memory = peak[0] - resident
    passage.steps = dict(
        _rows(site, "SELECT name, (julianday(ended_at) - julianday(started_at)) * 86400 FROM step")
    )
    passage.rungs = _rows(site, "SELECT sum(size) FROM rendition")[0][0]
    renditions = site.folder / "media" / "renditions"
    passage.stored = sum(path.stat().st_size for path in renditions.rglob("*") if path.is_file())
    return passage


def _worker_of(site: Site) -> int:
    for pid in descendants(site.process.pid):
        if b"ops.worker" in Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0"):
            return pid
    raise RuntimeError("The site has no worker.")


def _seconds_until_playable(site: Site, headers: dict[str, str], begun: float) -> float:
    (uuid,) = _rows(site, "SELECT uuid FROM video")[0]
    uuid = UUID(uuid)  # SQLite keeps it without hyphens
    address = f"{site.address}/media/videos/{uuid}/first.m3u8"
    request = urllib.request.Request(address, headers=headers)  # noqa: S310 - our own address
    while time.monotonic() - begun < PATIENCE:
        try:
            with urllib.request.urlopen(request) as response:  # noqa: S310
                if b"#EXTINF" in response.read():
                    return time.monotonic() - begun
        except OSError:  # not yet
            time.sleep(0.1)
    raise RuntimeError("It could never be played.")


def _wait_until_ready(site: Site) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        states = {state for (state,) in _rows(site, "SELECT state FROM step")}
        if states == {"done"}:
            return
        if states & {"failed", "refused", "cancelled"}:
            raise RuntimeError(str(_rows(site, "SELECT name, state, message, log_tail FROM step")))
        time.sleep(0.25)
    raise RuntimeError("It never became ready.")


def _rows(site: Site, statement: str) -> list[tuple]:
    table = statement.rpartition(" ")[2]
    address = f"file:{site.folder / 'auditorium.sqlite3'}?mode=ro"
    with closing(sqlite3.connect(address, uri=True, timeout=20)) as connection:
        return connection.execute(
            statement.removesuffix(table) + f"media_pipeline_{table}"
        ).fetchall()
