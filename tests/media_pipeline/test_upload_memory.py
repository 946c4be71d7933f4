"""However large a file is, the server that takes it in stays as small as it was."""

import http.client
import shutil
import subprocess
from pathlib import Path

import pytest

from ops.serve import PROCESSES
from tests.journeys.site import ROOT, Site, answers, environment_for
from tests.media_pipeline.test_survival import descendants, signed_in
from tests.media_pipeline.waiting import wait_until

pytestmark = [
    pytest.mark.xdist_group("site"),
    pytest.mark.skipif(not Path("/proc").is_dir(), reason="reads memory from /proc"),
]

SIZE = 300 * 2**20  # bytes
PIECE = bytes(2**20)
GROWTH = 40 * 2**20  # bytes: what the first requests load, and no more


@pytest.fixture
def site(tmp_path, empty_database):
    """The web server of `make run`, alone."""
    shutil.copy(empty_database, tmp_path)
    environment = environment_for(tmp_path, services=False)
    command = [*PROCESSES["web"][:-1], "--port", environment["PORT"], PROCESSES["web"][-1]]
    process = subprocess.Popen(command, cwd=ROOT, env=environment)
    site = Site(f"http://127.0.0.1:{environment['PORT']}", tmp_path, environment, process)
    wait_until(lambda: answers(f"{site.address}/healthz"), seconds=120)
    yield site
    process.terminate()
    process.wait(30)


@pytest.fixture
def ask(site):
    """Sends a request as a member of the shop; the body may come bit by bit."""
    headers = {"Tus-Resumable": "1.0.0", **signed_in(site)}

    def ask(method, path, body=None, **more):
        connection = http.client.HTTPConnection("127.0.0.1", int(site.environment["PORT"]))
        connection.request(method, path, body=body, headers={**headers, **more})
        response = connection.getresponse()
        response.read()
        connection.close()
        return response

    return ask


def test_memory_stays_flat_while_a_large_file_arrives_in_one_request(site, ask):
    url = ask("POST", "/media/uploads/?merchant=kitchen", **{"Upload-Length": str(SIZE)}).headers[
        "Location"
    ]
    assert ask("PATCH", url, PIECE, **a_patch(0, len(PIECE))).status == 204
    before, peak = web_memory(site), 0

    def body():
        nonlocal peak
        for _ in range(SIZE // len(PIECE) - 2):
            yield PIECE
            peak = max(peak, web_memory(site))

    response = ask("PATCH", url, body(), **a_patch(len(PIECE), SIZE - 2 * len(PIECE)))

    assert (response.status, response.headers["Upload-Offset"]) == (204, str(SIZE - len(PIECE)))
    assert (site.folder / "uploads" / url.split("/")[-2]).stat().st_size == SIZE - len(PIECE)
    assert max(peak, web_memory(site)) - before < GROWTH


def a_patch(offset, length):
    return {
        "Content-Type": "application/offset+octet-stream",
        "Content-Length": str(length),
        "Upload-Offset": str(offset),
    }


def web_memory(site):
    """Bytes resident in the web server's processes."""
    total = 0
    for pid in descendants(site.process.pid):
        if "granian" in Path(f"/proc/{pid}/cmdline").read_bytes().decode():
            status = Path(f"/proc/{pid}/status").read_text()
            total += int(status.split("VmRSS:")[1].split()[0]) * 1024
    assert total
    return total
