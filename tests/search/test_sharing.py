import os
import signal
import sys

import pytest

from search.engines.elasticsearch.sharing import WORTHWHILE, WorkerLostError, work_off

MANY = [[number] for number in range(WORTHWHILE)]

several = pytest.mark.skipif(
    sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2,
    reason="There is one processor only, or processes can't be copied here.",
)


@pytest.fixture(autouse=True)
def nothing_else_runs(monkeypatch):
    """Not even what shares out the tests."""
    monkeypatch.setattr("threading.active_count", lambda: 1)


def working(folder):
    """Work that says where it was done."""

    def work(batch):
        (folder / str(batch[0])).write_text(str(os.getpid()))

    return work


def workers(folder):
    return {file.read_text() for file in folder.iterdir()}


def test_few_batches_are_done_here(tmp_path):
    assert list(work_off([[0], [1, 1]], working(tmp_path))) == [1, 2]
    assert workers(tmp_path) == {str(os.getpid())}


@several
def test_many_batches_are_shared_out(tmp_path):
    assert sum(work_off(MANY, working(tmp_path))) == WORTHWHILE
    assert len(list(tmp_path.iterdir())) == WORTHWHILE
    assert len(workers(tmp_path)) > 1
    assert str(os.getpid()) not in workers(tmp_path)


def test_what_isnt_committed_yet_is_described_here(db, tmp_path):
    assert sum(work_off(MANY, working(tmp_path))) == WORTHWHILE
    assert workers(tmp_path) == {str(os.getpid())}


@several
def test_an_error_in_one_process_ends_all():
    def work(batch):
        if batch == [7]:
            raise LookupError("The seventh is missing.")

    with pytest.raises(LookupError, match="seventh"):
        list(work_off(MANY, work))


@several
def test_a_process_that_is_killed_is_noticed():
    def work(batch):
        if batch == [7]:
            os.kill(os.getpid(), signal.SIGKILL)

    with pytest.raises(WorkerLostError):
        list(work_off(MANY, work))
