"""The broker in a folder, when its reader looks at the wrong moment.

Each test has a queue of its own name: kombu keeps what it knows of queues in the process."""

import os
from pathlib import Path
from queue import Empty

import pytest
from kombu import Connection

from config.broker import Transport


@pytest.fixture
def connect(tmp_path):
    folder = tmp_path / "broker"
    folder.mkdir()
    options = {
        "data_folder_in": str(folder),
        "data_folder_out": str(folder),
        "control_folder": str(tmp_path / "control"),
    }
    return lambda: Connection("filesystem://localhost", transport_options=options)


def test_it_is_what_the_address_of_the_embedded_broker_means(connect):
    assert isinstance(connect().transport, Transport)


def test_a_message_is_seen_once_it_is_whole_and_not_before(connect, monkeypatch):
    seen_before = []

    def look_then_replace(source, target):
        with pytest.raises(Empty):
            reader.get(block=False)
        seen_before.append(Path(source).read_bytes())
        whole(source, target)

    whole = os.replace
    monkeypatch.setattr(os, "replace", look_then_replace)
    with connect() as writing, connect() as reading:
        reader = reading.SimpleQueue("first")
        writing.SimpleQueue("first").put({"weight": "x" * 200_000})
        message = reader.get(block=False)
        message.ack()

    assert len(seen_before) == 1
    assert len(seen_before[0]) > 200_000
    assert message.payload == {"weight": "x" * 200_000}


def test_a_message_that_cannot_be_read_is_dropped_and_the_next_one_read(connect, tmp_path):
    (tmp_path / "broker" / "0_spoilt.second.msg").write_bytes(b"")
    with connect() as connection:
        queue = connection.SimpleQueue("second")
        queue.put({"number": 1})

        assert queue.get(timeout=5).payload == {"number": 1}
        with pytest.raises(Empty):
            queue.get(block=False)
