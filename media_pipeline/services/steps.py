"""What each step of the pipeline does. A handler does the long work outside of any transaction,
and returns what has to be written: that happens in the transaction that marks the step done.

Handlers can be killed anywhere and started again: whatever they put into storage has the same
name each time, and replaces what an earlier attempt left there.
"""

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Collection

from media_pipeline import blobs, checks, encoding, incoming, ladder, packaging, probing, stills
from media_pipeline.choices import SourceState, StepName
from media_pipeline.errors import MediaRefusedError
from media_pipeline.models import Rendition, Source, Video
from media_pipeline.services.pictures import create_picture
from media_pipeline.services.videos import delete_source
from media_pipeline.signals import (
    source_failed,
    source_ready,
    source_refused,
    video_changed,
)

LOST_SECONDS = 1.0  # and a tenth: what may be missing at the end of a file that was cut off
POSTERS = "Video posters"  # the collection that keeps them apart from the editors' own pictures

Conclusion = Callable[[], None]


class Heartbeat(Protocol):
    """What a handler needs of its lease. Both raise when the work should stop."""

    def renew(self, progress: float) -> None: ...

    def check(self) -> None: ...


def ingest(source: Source, lease: Heartbeat) -> Conclusion:
    """Moves the bytes that arrived into storage, unless they are there already: the same file,
    uploaded by whomever, is one source."""
    path = incoming.path_of(source.uuid)
    sha256 = _hash(path, source.size, lease)
    if Source.objects.filter(sha256=sha256).exclude(pk=source.pk).exists():
        return partial(_merge, source, sha256)
    name = f"sources/{source.uuid}"
    lease.check()
    blobs.put_file(path=path, name=name)
    return partial(_keep, source, sha256, name)


def probe(source: Source, lease: Heartbeat) -> Conclusion:
    """Looks into the file. Raises MediaRefusedError with the sentence for the merchant."""
    with blobs.local_copy(source.file.name or "") as path:
        found = probing.probe(path)
    if refusal := checks.refusal_of(found):
        Source.objects.filter(pk=source.pk).update(facts=found.as_facts())
        raise MediaRefusedError(refusal)
    return partial(_note_facts, source, found)


def encode(source: Source, lease: Heartbeat) -> Conclusion:
    """Makes every rung, holds each against what it should be, and puts it into storage."""
    found = probing.Probe.from_facts(source.facts)
    rungs = ladder.rungs_for(
        width=source.width or 0,
        height=source.height or 0,
        frame_rate=encoding.frame_rate_of(found),
    )
    with _workshop(source) as folder, blobs.local_copy(source.file.name or "") as path:
        job = encoding.Job(source=path, probe=found, rungs=rungs, folder=folder)
        encoding.encode(job, on_progress=lease.renew)
        indexes = [_validated(folder / f"{rung.name}.mp4", found.seconds) for rung in rungs]
        renditions = []
        for rung, index in zip(rungs, indexes, strict=True):
            lease.check()
            name = f"renditions/{source.uuid}/{rung.name}.mp4"
            blobs.put_file(path=folder / f"{rung.name}.mp4", name=name)
            renditions.append(_rendition(source, rung, index, name))
    return partial(_replace_renditions, source, renditions)


def make_stills(source: Source, lease: Heartbeat) -> Conclusion:
    """Chooses a poster among several moments."""
    rendition = source.renditions.filter(name__in=_poster_rungs(source)).first()
    if rendition is None:
        raise encoding.EncodingFailedError("There is no rendition to take a poster from.")
    seconds = [moment * (source.duration or 0) for moment in stills.MOMENTS]
    with _workshop(source) as folder, blobs.local_copy(rendition.path) as path:
        frames = encoding.grab_frames(path, seconds, folder, on_progress=lease.renew)
        if not frames:  # shorter than the step between two frames
            frames = encoding.grab_frames(path, [0.0], folder, on_progress=lease.renew)
        if not frames:
            raise encoding.EncodingFailedError("No frame could be taken from the rendition.")
        poster = stills.best_of(frames).read_bytes()
    return partial(_replace_poster, source, poster)


def publish(source: Source, lease: Heartbeat) -> Conclusion:
    """Looks whether all that players will ask for is really there."""
    for rendition in source.renditions.all():
        size = blobs.size_of(rendition.path)
        if size != rendition.size:
            raise encoding.EncodingFailedError(f"{rendition.path} has {size} bytes in storage.")
    return partial(_announce, source)


HANDLERS: dict[str, Callable[[Source, Heartbeat], Conclusion]] = {
    StepName.INGEST: ingest,
    StepName.PROBE: probe,
    StepName.ENCODE: encode,
    StepName.STILLS: make_stills,
    StepName.PUBLISH: publish,
}


def _hash(path: Path, size: int, lease: Heartbeat) -> str:
    digest, done = hashlib.sha256(), 0
    with path.open("rb") as stream:
        while piece := stream.read(2**20):
            digest.update(piece)
            done += len(piece)
            lease.renew(done / size)
    if done != size:
        raise MediaRefusedError(_("The file did not arrive completely. Upload it again."))
    return digest.hexdigest()


def _keep(source: Source, sha256: str, name: str) -> None:
    Source.objects.filter(pk=source.pk).update(sha256=sha256, file=name)
    transaction.on_commit(lambda: incoming.remove(source.uuid))


def _merge(source: Source, sha256: str) -> None:
    """Hands this source's videos to the one that has the same bytes."""
    twin = Source.objects.select_for_update(of=("self",)).get(sha256=sha256)
    video_ids = list(source.videos.values_list("pk", flat=True))
    Video.objects.filter(pk__in=video_ids).update(source=twin)
    delete_source(source=source)
    news = {
        SourceState.READY: source_ready,
        SourceState.REFUSED: source_refused,
        SourceState.FAILED: source_failed,
    }.get(twin.state)
    if news:
        news.send(Source, source=twin, video_ids=video_ids)


def _note_facts(source: Source, found: probing.Probe) -> None:
    if found.video is None:
        raise MediaRefusedError(_("This file has no picture, only sound."))
    Source.objects.filter(pk=source.pk).update(
        facts=found.as_facts(),
        duration=found.seconds,
        width=found.video.display_width,
        height=found.video.display_height,
    )


def _validated(path: Path, seconds: float) -> packaging.Index:
    """The index of a rung that is whole and as long as its source."""
    index = packaging.read_index(path)
    if index.seconds < seconds * 0.9 - LOST_SECONDS:
        raise MediaRefusedError(
            _(
                "This file is damaged: of %(there)d seconds only %(playable)d can be played. "
                "Upload it again from the original."
            )
            % {"there": seconds, "playable": index.seconds}
        )
    return index


def _rendition(source: Source, rung: ladder.Rung, index: packaging.Index, name: str) -> Rendition:
    return Rendition(
        source=source,
        name=rung.name,
        width=rung.width,
        height=rung.height,
        bandwidth=index.bandwidth,
        average_bandwidth=index.average_bandwidth,
        codecs=index.codecs,
        path=name,
        size=index.size,
        init_size=index.init_size,
        segments=[[one.offset, one.size, round(one.seconds, 5)] for one in index.segments],
    )


def _replace_renditions(source: Source, renditions: list[Rendition]) -> None:
    source.renditions.all().delete()
    Rendition.objects.bulk_create(renditions)


def _poster_rungs(source: Source) -> list[str]:
    """Large enough for a page's widest player, and no larger."""
    return [one.name for one in source.renditions.all() if min(one.width, one.height) <= 720]


def _replace_poster(source: Source, content: bytes) -> None:
    if source.poster:
        source.poster.delete()
    poster = create_picture(
        merchant=None,
        file=ContentFile(content, name="poster.png"),
        title=_("Poster of a video"),
        collection=_poster_collection(),
    )
    Source.objects.filter(pk=source.pk).update(poster=poster)


def _poster_collection() -> Collection:
    """Posters are kept apart from the editors' own pictures."""
    existing = Collection.objects.filter(name=POSTERS).first()
    return existing or Collection.get_first_root_node().add_child(name=POSTERS)


def _announce(source: Source) -> None:
    video_ids = list(source.videos.values_list("pk", flat=True))
    source_ready.send(Source, source=source, video_ids=video_ids)
    video_changed.send(Video, video_ids=video_ids)


@contextmanager
def _workshop(source: Source) -> Iterator[Path]:
    """A folder for what is being made; gone afterwards. What a killed worker left there goes when
    the step is taken over: the lease says that nobody else is at work on this source."""
    scratch = Path(settings.VAR_DIR) / "work" / str(source.uuid)
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    try:
        with tempfile.TemporaryDirectory(dir=scratch) as folder:
            yield Path(folder)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
