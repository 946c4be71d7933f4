"""A cluster of Elasticsearch nodes of a test's own, whose nodes can be killed and come back."""

import os
import re
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

PROGRAM = Path(__file__).resolve().parent.parent / "ops" / "services" / "cluster"
START_TIMEOUT = 300  # seconds, on a machine that does other things


class NoElasticsearchError(Exception):
    """None can be had on this machine; says what is missing."""


class Cluster:
    """Nodes named node-1 and so on, on ports of their own, keeping their data in a folder."""

    def __init__(self, folder: Path, nodes: int):
        """Starts it, and returns when all nodes have found each other.

        Raises NoElasticsearchError where this machine lacks what it takes.
        """
        self._folder = folder
        started = self._run("start", str(nodes))
        given = dict(re.findall(r"export (\w+)='([^']*)'", started.stdout))
        if "ELASTICSEARCH_URL" not in given:
            raise NoElasticsearchError(started.stderr)
        self.urls = given["ELASTICSEARCH_URL"]
        self.ca_certs = given["ELASTICSEARCH_CA_CERTS"]
        administrator = urlsplit(given["ELASTICSEARCH_ADMIN_URL"]).netloc.split("@")[0]
        self.administrator_urls = re.sub(r"//[^@]*@", f"//{administrator}@", self.urls)

    def kill(self, name: str) -> None:
        """SIGKILL: the node has no time to say anything to anyone."""
        self._signal(name, signal.SIGKILL)

    @contextmanager
    def hung(self, name: str) -> Iterator[None]:
        """The node keeps its connections and takes new ones, and answers nothing."""
        self._signal(name, signal.SIGSTOP)
        try:
            yield
        finally:
            self._signal(name, signal.SIGCONT)

    def start_again(self, name: str) -> subprocess.Popen:
        """Starts a node that was killed, with its data; the process ends when it is up."""
        return subprocess.Popen(
            [PROGRAM, "again", name],
            env=self._environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def stop(self) -> None:
        subprocess.run(
            [PROGRAM.parent / "stop"],
            env=self._environment(),
            check=True,
            capture_output=True,
            timeout=START_TIMEOUT,
        )

    def _signal(self, name: str, number: signal.Signals) -> None:
        os.kill(int((self._folder / "elasticsearch" / name / "pid").read_text()), number)

    def _run(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [PROGRAM, *arguments],
            env=self._environment(),
            check=True,
            capture_output=True,
            text=True,
            timeout=START_TIMEOUT,
        )

    def _environment(self) -> dict[str, str]:
        return {**os.environ, "AUDITORIUM_SERVICES": str(self._folder)}
