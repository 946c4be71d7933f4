"""Pictures of a video: a poster and others to choose from, the seek bar's, a silent preview."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from wagtail.models import Collection

from media_pipeline import blobs, encoding, places, sprites
from media_pipeline.analysis import material
from media_pipeline.choices import AssetKind
from media_pipeline.models import Asset, Picture, Rendition, Source, Still
from media_pipeline.services.pictures import create_picture
from media_pipeline.services.steps.handling import Conclusion, Heartbeat, store, workshop

POSTERS = "Video posters"  # the collection that keeps them apart from the editors' own pictures
POSTER_EDGE = 720  # pixels; enough for a page's widest player
STILLS = 5
# Where to look if nobody found anything: of the whole length.
MOMENTS = (0.08, 0.25, 0.42, 0.6, 0.8)

Grabbed = Sequence[tuple[float, bytes]]


def make_pictures(source: Source, lease: Heartbeat) -> Conclusion:
    """Takes stills of the best moments, the best of all first, and makes sprite and preview."""
    renditions = list(source.renditions.filter(profile=lease.profile))
    with workshop(source) as folder:
        stills = _stills(source, renditions, folder, lease)
        assets = [
            _kept_sprite(source, folder, lease),
            _kept_preview(source, renditions[-1], folder, lease),
        ]
    return partial(_replace, source, stills, [asset for asset in assets if asset])


def _stills(
    source: Source, renditions: Sequence[Rendition], folder: Path, lease: Heartbeat
) -> Grabbed:
    """Of moments that are worth a poster. Those that are there stay: one may have been chosen."""
    if source.stills.exists():
        return []
    duration = source.duration or 0.0
    seconds = source.moments[:STILLS] or [moment * duration for moment in MOMENTS]
    rendition = next(
        (one for one in renditions if min(one.width, one.height) <= POSTER_EDGE), renditions[-1]
    )
    with blobs.local_copy(rendition.path) as path:
        grabbed = encoding.grab_frames(path, seconds, folder, on_progress=lease.renew)
        if not grabbed:  # shorter than the step between two frames
            grabbed = encoding.grab_frames(path, [0.0], folder, on_progress=lease.renew)
    if not grabbed:
        raise encoding.EncodingFailedError("No frame could be taken from the rendition.")
    return [(second, path.read_bytes()) for second, path in grabbed]


def _kept_sprite(source: Source, folder: Path, lease: Heartbeat) -> Asset:
    frames = blobs.read_bytes(f"{places.between_steps(source)}/{material.FRAMES}")
    sprite = sprites.sprite_of(list(material.jpegs_in(frames)), duration=source.duration or 0.0)
    path = folder / "sprite.webp"
    path.write_bytes(sprite.content)
    return _kept(source, lease, AssetKind.SPRITE, path, sprite.details())


def _kept_preview(source: Source, rendition: Rendition, folder: Path, lease: Heartbeat) -> Asset:
    with blobs.local_copy(rendition.path) as path:
        preview = encoding.make_preview(
            path, source.duration or 0.0, folder, on_progress=lambda done: lease.renew(0.9)
        )
    return _kept(source, lease, AssetKind.PREVIEW, preview, {})


def _kept(
    source: Source, lease: Heartbeat, kind: AssetKind, path: Path, details: dict[str, float]
) -> Asset:
    name = places.rendition(source, lease.profile, path.name)
    size = store(lease, path=path, name=name)
    return Asset(
        source=source,
        profile=lease.profile,
        kind=kind,
        path=name,
        size=size,
        details=details,
    )


def _replace(source: Source, stills: Grabbed, assets: list[Asset]) -> None:
    source.assets.filter(kind__in=[one.kind for one in assets], profile=assets[0].profile).delete()
    Asset.objects.bulk_create(assets)
    pictures = [_picture(content) for _second, content in stills]
    Still.objects.bulk_create(
        Still(source=source, second=second, picture=picture)
        for (second, _content), picture in zip(stills, pictures, strict=True)
    )
    if pictures:
        Source.objects.filter(pk=source.pk).update(poster=pictures[0])


def _picture(content: bytes) -> Picture:
    return create_picture(
        merchant=None,
        file=ContentFile(content, name="still.png"),
        title=_("Still of a video"),
        collection=_collection(),
    )


def _collection() -> Collection:
    existing = Collection.objects.filter(name=POSTERS).first()
    return existing or Collection.get_first_root_node().add_child(name=POSTERS)
