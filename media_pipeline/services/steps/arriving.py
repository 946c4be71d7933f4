"""A file arrives: it is stored, looked into and listened to."""

import hashlib
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from media_pipeline import blobs, checks, incoming, places, probing
from media_pipeline.captions import Track, tracks_of
from media_pipeline.choices import SourceState
from media_pipeline.encoding import sound, subtitles
from media_pipeline.errors import MediaRefusedError
from media_pipeline.models import Source, Video
from media_pipeline.services.captions import adopt_found, found_chapters, keep_found_captions
from media_pipeline.services.findings import note_same_file
from media_pipeline.services.steps.handling import Conclusion, Heartbeat, store, workshop
from media_pipeline.services.videos import delete_source
from media_pipeline.signals import source_failed, source_ready, source_refused


def ingest(source: Source, lease: Heartbeat) -> Conclusion:
    """Moves the bytes that arrived into storage, unless they are there already: the same file,
    uploaded by whomever, is one source."""
    path = incoming.path_of(source.uuid)
    incoming.join(source.uuid, on_progress=lambda: lease.renew(0))
    sha256 = _hash(path, source.size, lease)
    if Source.objects.filter(sha256=sha256).exclude(pk=source.pk).exists():
        return partial(_merge, source, sha256)
    name = places.original(source, sha256)
    store(lease, path=path, name=name)
    return partial(_keep, source, sha256, name)


def probe(source: Source, lease: Heartbeat) -> Conclusion:
    """Looks into the file. Raises MediaRefusedError with the sentence for the merchant."""
    with workshop(source) as folder, blobs.local_copy(source.file.name or "") as path:
        found = probing.probe(path)
        if refusal := checks.refusal_of(found):
            Source.objects.filter(pk=source.pk).update(facts=found.as_facts())
            raise MediaRefusedError(refusal)
        tracks = subtitles.extract(path, found, folder, on_progress=lease.renew)
    return partial(_note_facts, source, found, tracks)


def listen(source: Source, lease: Heartbeat) -> Conclusion:
    """Measures the sound, so that the encoder can make it as loud as all others."""
    found = probing.Probe.from_facts(source.facts)
    if found.audio is None:
        return lambda: None
    with workshop(source) as folder, blobs.local_copy(source.file.name or "") as path:
        loudness = sound.measure(path, found, folder, on_progress=lease.renew)
    return partial(_note_loudness, source, loudness)


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
    note_same_file(source=twin)
    adopt_found(
        videos=Video.objects.filter(pk__in=video_ids),
        tracks=tracks_of(twin.captions),
        chapters=found_chapters(twin),
    )
    delete_source(source=source)
    news = {
        SourceState.READY: source_ready,
        SourceState.REFUSED: source_refused,
        SourceState.FAILED: source_failed,
    }.get(twin.state)
    if news:
        news.send(Source, source=twin, video_ids=video_ids)


def _note_facts(source: Source, found: probing.Probe, tracks: Sequence[Track]) -> None:
    if found.video is None:
        raise MediaRefusedError(_("This file has no picture, only sound."))
    Source.objects.filter(pk=source.pk).update(
        facts=found.as_facts(),
        duration=found.seconds,
        width=found.video.display_width,
        height=found.video.display_height,
    )
    keep_found_captions(source=source, tracks=tracks)
    if source.profile is None:  # else this is the file of a video that is long made
        source.refresh_from_db()
        adopt_found(videos=source.videos.all(), tracks=[], chapters=found_chapters(source))


def _note_loudness(source: Source, loudness: sound.Loudness) -> None:
    Source.objects.filter(pk=source.pk).update(
        loudness=loudness.as_facts(), waveform=loudness.waveform
    )
