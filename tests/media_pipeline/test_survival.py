"""A whole site (web server, worker, beat) that is killed, twice, while a video is on its way."""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from tusclient.client import TusClient

from tests.factories.media_pipeline import tiny_video
from tests.journeys.site import ROOT, environment_for, start_site
from tests.media_pipeline.waiting import wait_until

pytestmark = pytest.mark.xdist_group("site")

CSRF = "a" * 32  # Django compares the cookie with the header
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


@pytest.fixture
def site(tmp_path, empty_database):
    shutil.copy(empty_database, tmp_path)
    site = start_site(environment_for(tmp_path, services=False))
    sites = [site]
    yield sites
    kill(sites[-1])


@pytest.fixture
def large_clip(tmp_path):
    """A video that takes some seconds to encode, with a box of 20 MB that players skip."""
    path = tiny_video(tmp_path / "clip.mp4", seconds=20, size=(1280, 720))
    padding = os.urandom(20 * 2**20)
    with path.open("ab") as file:
        file.write((len(padding) + 8).to_bytes(4, "big") + b"free" + padding)
    return path


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="finds the site's processes in /proc")
def test_a_video_survives_that_everything_is_killed_while_it_arrives_and_while_it_is_made(
    site, large_clip
):
    first = site[-1]
    headers = signed_in(first)
    uploader = client_of(first, headers).uploader(str(large_clip), chunk_size=2**20)
    uploader.upload_chunk()

    with started_patch(first, uploader.url, headers, large_clip.read_bytes()):
        wait_until(lambda: value(first, "SELECT offset FROM media_pipeline_upload") > 8 * 2**20)
        kill(first)
    acknowledged = value(first, "SELECT offset FROM media_pipeline_upload")

    second = restarted(site)
    resumed = client_of(second, headers).uploader(
        str(large_clip), chunk_size=5 * 2**20, url=uploader.url
    )
    assert resumed.offset == acknowledged
    resumed.upload()

    step = "SELECT {} FROM media_pipeline_step WHERE name = 'encode'"
    wait_until(lambda: value(second, step.format("progress")) > 0.1, seconds=120)
    assert encoders_of(second)
    kill(second)
    wait_until(lambda: not encoders_of(second))
    assert value(second, step.format("state")) == "running"

    third = restarted(site)
    ready = "SELECT count(*) FROM media_pipeline_source WHERE profile NOT NULL"
    wait_until(lambda: value(third, ready), seconds=180)
    assert value(third, step.format("attempts")) == 2
    assert value(third, "SELECT count(*) FROM media_pipeline_rendition") == 3
    assert value(third, "SELECT size FROM media_pipeline_source") == large_clip.stat().st_size
    wait_until(lambda: left_over(third) == [])  # files go after the commit


def signed_in(site):
    key = site.manage("shell", "--no-imports", "-c", SIGN_IN).strip().splitlines()[-1]
    return {
        "Cookie": f"sessionid={key}; csrftoken={CSRF}",
        "X-CSRFToken": CSRF,
    }


def client_of(site, headers):
    return TusClient(f"{site.address}/media/uploads/?merchant=kitchen", headers=headers)


def started_patch(site, url, headers, content):
    """Announces the rest of the file, and sends 12 MiB of it; the connection stays open."""
    offset = 2**20
    lines = [
        f"PATCH {url.removeprefix(site.address)} HTTP/1.1",
        f"Host: {site.address.removeprefix('http://')}",
        f"Content-Length: {len(content) - offset}",
        "Content-Type: application/offset+octet-stream",
        f"Upload-Offset: {offset}",
        "Tus-Resumable: 1.0.0",
        *(f"{name}: {value}" for name, value in headers.items()),
    ]
    connection = socket.create_connection(("127.0.0.1", int(site.environment["PORT"])))
    connection.sendall("\r\n".join([*lines, "", ""]).encode())
    connection.sendall(content[offset : offset + 12 * 2**20])
    return connection


def restarted(sites):
    sites.append(start_site(sites[-1].environment))
    return sites[-1]


def kill(site):
    """SIGKILL to every process of the site at once, but not to the encoders: those must go with
    the worker by themselves."""
    for pid in descendants(site.process.pid):
        if "ffmpeg" not in program_of(pid):
            os.kill(pid, signal.SIGKILL)
    site.process.wait(10)


def descendants(pid):
    found = [pid]
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in children.read_text().split():
            found += descendants(int(child))
    return found


def program_of(pid):
    try:
        return os.readlink(f"/proc/{pid}/exe")
    except OSError:
        return ""


def encoders_of(site):
    """Processes that run ffmpeg in the site's folder."""
    return [
        int(path.name)
        for path in Path("/proc").glob("[0-9]*")
        if "ffmpeg" in program_of(int(path.name))
        and os.path.realpath(f"/proc/{path.name}/cwd").startswith(str(site.folder))
    ]


def value(site, statement):
    """One value from the site's database, as it is committed."""
    address = f"file:{site.folder / 'auditorium.sqlite3'}?mode=ro"
    with closing(sqlite3.connect(address, uri=True, timeout=20)) as connection:
        row = connection.execute(statement).fetchone()
    return row[0] if row else 0


def left_over(site):
    """Files of the work that was interrupted."""
    folders = [site.folder / name for name in ("work", "uploads", "media/between")]
    files = [path for folder in folders for path in folder.rglob("*") if path.is_file()]
    stored = (site.folder / "media" / "renditions").rglob("*")
    return files + [path for path in stored if path.name.startswith((".", "first-"))]


def test_a_few_trials_of_the_program_that_kills_workers():
    """The record is made by all sixty; this says that the program works and the pipeline too."""
    trials = subprocess.run(
        [sys.executable, "benchmarks/survival.py", "--trials=3", "--broker=filesystem"],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )

    assert trials.returncode == 0, trials.stdout + trials.stderr
    assert "bar: 3 of 3 finish; nothing made twice and kept" in trials.stdout
