"""Nothing stays in storage that belongs to nothing."""

import uuid
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from media_pipeline import blobs, places, services
from tests.factories.media_pipeline import SourceFactory

pytestmark = pytest.mark.django_db


def names_of(source):
    return [
        places.original(source, source.sha256),
        places.rendition(source, 1, "720p.mp4"),
        f"{places.between_steps(source)}/frames.mjpeg",
        f"{places.findings(source)}/1.jpg",
    ]


@pytest.fixture
def stored(tmp_path):
    """Puts something into storage under each of the names."""

    def put(names):
        path = tmp_path / "file"
        path.write_bytes(b"bytes")
        for name in names:
            blobs.put_file(path=path, name=name)
        return names

    return put


def test_what_belongs_to_nothing_goes_after_a_day(stored):
    kept = stored(names_of(SourceFactory()))
    foreign = stored(["renditions/notes.txt", "pictures/x.jpg"])
    gone = SourceFactory.build(uuid=uuid.uuid4())
    strays = stored(names_of(gone))

    services.remove_strays()
    assert all(blobs.size_of(name) for name in strays)  # somebody may be at work on them

    with time_machine.travel(timezone.now() + timedelta(days=2), tick=False):
        services.remove_strays()
    assert not any(blobs.size_of(name) for name in strays)
    assert all(blobs.size_of(name) for name in [*kept, *foreign])
