"""Messages only wake workers up: whatever a broker loses or repeats, each video is made, and made
once. With a real worker, on the broker of `make run` and on Redis."""

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest
import redis

from tests.factories.media_pipeline import tiny_video
from tests.journeys.site import ROOT, environment_for, free_port
from tests.media_pipeline.waiting import wait_until

pytestmark = pytest.mark.xdist_group("site")

UPLOAD = """
from django.core.files.base import File
from media_pipeline.services import add_video
from merchants.models import Merchant
merchant, _ = Merchant.objects.get_or_create(slug="kitchen")
for path in {paths}:
    with open(path, "rb") as file:
        add_video(merchant=merchant, user=None, title="Trial", file=File(file))
"""
# What beat does every twenty seconds.
RESUME = """
from media_pipeline.tasks import resume_stalled
resume_stalled.delay()
"""


class Filesystem:
    """The broker of `make run`: a folder of messages."""

    def __init__(self, folder):
        self.folder = folder / "broker"
        self.setting = {}

    def messages(self):
        return sorted(self.folder.glob("*.media.msg"))

    def lose_all(self):
        for path in self.folder.iterdir():
            path.unlink()

    def repeat(self, times):
        for path in self.messages():
            for number in range(times):
                shutil.copy(path, path.with_name(f"{number}{path.name}"))

    def stop(self):
        pass


class Redis:
    def __init__(self, folder):
        program = shutil.which("redis-server")
        if program is None:
            pytest.skip("no redis-server on this machine: Redis as a broker is not tested")
        port = free_port()
        arguments = ["--port", str(port), "--save", "", "--dir", str(folder)]
        self.process = subprocess.Popen([program, *arguments], stdout=subprocess.DEVNULL)
        self.setting = {"CELERY_BROKER_URL": f"redis://127.0.0.1:{port}/0"}
        self.client = redis.Redis(port=port)
        wait_until(self.answers)

    def answers(self):
        try:
            return self.client.ping()
        except redis.ConnectionError:
            return False

    def messages(self):
        return self.client.lrange("media", 0, -1)

    def lose_all(self):
        self.client.flushall()

    def repeat(self, times):
        for message in self.messages():
            self.client.rpush("media", *[message] * times)

    def stop(self):
        self.client.close()
        self.process.kill()
        self.process.wait()


class Site:
    """A site without pages: a database, a broker and, when it is started, a worker."""

    def __init__(self, folder, broker, database):
        self.folder, self.broker = folder, broker
        self.environment = environment_for(folder, services=False) | broker.setting
        self.worker = None
        shutil.copy(database, folder)

    def run(self, code):
        subprocess.run(
            [sys.executable, "manage.py", "shell", "--no-imports", "-c", code],
            cwd=ROOT,
            env=self.environment,
            check=True,
        )

    def upload(self, *clips):
        self.run(UPLOAD.format(paths=[str(clip) for clip in clips]))

    def start_worker(self):
        """Two processes that want the same work, and no beat."""
        arguments = ["--quiet", "worker", "--queues=default,media", "--loglevel=warning"]
        arguments += ["--pool=prefork", "--concurrency=2", "--without-gossip", "--without-mingle"]
        self.worker = subprocess.Popen(
            [sys.executable, "-m", "celery", "-A", "config", *arguments],
            cwd=ROOT,
            env=self.environment,
            stdout=(self.folder / "worker.log").open("wb"),
            stderr=subprocess.STDOUT,
        )

    def stop(self):
        if self.worker:
            self.worker.terminate()
            self.worker.wait(30)

    def value(self, statement):
        address = f"file:{self.folder / 'auditorium.sqlite3'}?mode=ro"
        with closing(sqlite3.connect(address, uri=True, timeout=20)) as connection:
            return connection.execute(statement).fetchone()[0]

    def ready(self):
        return self.value("SELECT count(*) FROM media_pipeline_source WHERE profile NOT NULL")

    def files(self, folder):
        return [path for path in (self.folder / folder).rglob("*") if path.is_file()]


@pytest.fixture(params=[Filesystem, Redis])
def site(request, tmp_path, empty_database):
    broker = request.param(tmp_path)
    site = Site(tmp_path, broker, empty_database)
    yield site
    site.stop()
    broker.stop()


@pytest.fixture
def clips(tmp_path):
    return [
        tiny_video(tmp_path / f"{name}.mp4", options=("-metadata", f"title={name}"))
        for name in ("kettle", "pot")
    ]


def test_messages_may_be_lost_and_repeated(site, clips):
    site.upload(*clips)
    assert len(site.broker.messages()) == 2

    # All are lost, before anybody saw them, and a worker begins to wait for others.
    site.broker.lose_all()
    assert site.broker.messages() == []
    site.run(RESUME)
    site.start_worker()
    wait_until(lambda: site.ready() == 2, seconds=120)

    # And each call comes thirty times, to two processes at once, and again when all is done.
    again = tiny_video(site.folder / "pan.mp4")
    site.stop()
    site.upload(again)
    site.broker.repeat(30)
    site.start_worker()
    wait_until(lambda: site.ready() == 3, seconds=120)
    wait_until(lambda: site.broker.messages() == [], seconds=60)

    assert site.value("SELECT max(attempts) FROM media_pipeline_step") == 1
    assert site.value("SELECT count(*) FROM media_pipeline_rendition") == 3
    assert len(list(site.folder.glob("media/renditions/**/360p.mp4"))) == 3
    assert site.files("uploads") == site.files("work") == []
