"""What killed processes left behind goes; what a row names, or somebody works on, stays."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import timezone

from media_pipeline import blobs, places, services
from media_pipeline.choices import AssetKind, FindingKind, StepName, StepState
from media_pipeline.ladder import PROFILE
from media_pipeline.models import Asset, Finding, FirstLook, Step
from media_pipeline.services import leftovers
from tests.factories.media_pipeline import SourceFactory, VideoFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


@pytest.fixture
def put(tmp_path):
    """Puts a file into storage, a day ago."""

    def put(name, age=timedelta(days=1)):
        path = tmp_path / "piece"
        path.write_bytes(b"x")
        blobs.put_file(path=path, name=name)
        path.unlink()
        grow_old(Path(settings.MEDIA_ROOT) / name, age)
        return name

    return put


def grow_old(path, age=timedelta(days=1)):
    then = (timezone.now() - age).timestamp()
    os.utime(path, (then, then))


def stored(storage):
    return {str(path.relative_to(storage)) for path in storage.rglob("*") if path.is_file()}


def test_what_rows_name_stays(storage, put):
    video = VideoFactory(source__file="sources/ab/original")
    source = video.source
    for name, make in (
        ("sources/ab/original", None),
        (
            "findings/f/1.jpg",
            lambda name: Finding.objects.create(
                source=source, kind=FindingKind.BLACK, start=0, end=1, path=name
            ),
        ),
        (
            places.rendition(source, PROFILE, "sprite.webp"),
            lambda name: Asset.objects.create(
                source=source, profile=PROFILE, kind=AssetKind.SPRITE, path=name, size=1
            ),
        ),
    ):
        put(name)
        if make:
            make(name)
    source.poster.get_rendition("width-16")
    for name in (before := stored(storage)):
        grow_old(storage / name)

    assert len(before) == 6  # with the rendition of the factory, the poster and its own
    assert services.remove_leftovers() == 0
    assert stored(storage) == before


@pytest.mark.parametrize(
    "name",
    [
        "sources/ab/original",
        "renditions/ab/abc/p1/360p.mp4",
        "renditions/ab/abc/p1/.360p.mp4.42.tmp",
        "renditions/ab/abc/first-1/init.mp4",
        "findings/f/1.jpg",
        "pictures/x.jpg",
        "images/x.width-16.jpg",
        "between/3f0f6c1e-0000-4000-8000-000000000000/frames.mjpeg",
    ],
)
def test_what_no_row_names_goes_after_a_while(storage, put, name):
    put(name, age=leftovers.GRACE - timedelta(minutes=1))
    assert services.remove_leftovers() == 0

    grow_old(storage / name)
    assert services.remove_leftovers() == 1
    assert stored(storage) == set()


def test_folders_that_are_named_as_a_whole_stay(storage, put):
    source = SourceFactory()
    FirstLook.objects.create(
        source=source, width=640, height=360, folder=places.first_look(source, 2)
    )
    kept = put(f"{places.first_look(source, 2)}/0.m4s")
    put(f"{places.first_look(source, 1)}/0.m4s")
    between = put(f"{places.between_steps(source)}/frames.mjpeg")

    services.remove_leftovers()
    assert stored(storage) == {kept, between}


@pytest.mark.parametrize(
    ("state", "is_kept"),
    [
        (StepState.WAITING, True),
        (StepState.FAILED, True),  # it may be tried again
        (StepState.CANCELLED, True),
        (StepState.REFUSED, False),
        (StepState.DONE, False),
    ],
)
def test_what_lies_between_steps_stays_while_a_step_is_to_come(storage, put, state, is_kept):
    source = SourceFactory()
    source.steps.update(state=StepState.DONE)
    source.steps.filter(name=StepName.STILLS).update(state=state)
    Step.objects.create(source=source, profile=PROFILE, name=StepName.COMPRESS)
    put(f"{places.between_steps(source)}/frames.mjpeg")

    services.remove_leftovers()
    assert bool(stored(storage)) == is_kept


def test_work_that_nobody_does_any_more_goes_from_the_disk(tmp_path):
    busy, dead = SourceFactory(), SourceFactory()
    busy.steps.filter(name=StepName.ENCODE).update(state=StepState.RUNNING)
    for source in (busy, dead):
        folder = tmp_path / "work" / str(source.uuid)
        folder.mkdir(parents=True)
        (folder / "720p.mp4").write_bytes(b"x")
        grow_old(folder)
    copy = blobs.scratch() / "copy-of-a-source"
    copy.write_bytes(b"x")
    grow_old(copy)
    young = blobs.scratch() / "copy-in-use"
    young.write_bytes(b"x")

    assert services.remove_leftovers() == 2
    assert (tmp_path / "work" / str(busy.uuid) / "720p.mp4").exists()
    assert not (tmp_path / "work" / str(dead.uuid)).exists()
    assert list(blobs.scratch().iterdir()) == [young]


def test_it_asks_the_database_by_the_hundred(storage, put, django_assert_max_num_queries):
    for number in range(60):
        put(f"renditions/ab/{number}/p1/360p.mp4")

    with django_assert_max_num_queries(8):
        assert services.remove_leftovers() == 60


def test_a_source_is_tidied_and_others_are_not_touched(storage, put):
    source, other = (VideoFactory().source for _ in range(2))
    put(f"{places.renditions(source)}/p1/.360p.mp4.42.tmp", age=timedelta(0))
    put(f"{places.renditions(source)}/p1/720p.mp4", age=timedelta(0))
    kept = put(f"{places.renditions(other)}/p1/720p.mp4", age=timedelta(0))

    leftovers.tidy_renditions(source)
    named = {one.renditions.get().path for one in (source, other)}
    assert {name for name in stored(storage) if name.startswith("renditions/")} == {*named, kept}
