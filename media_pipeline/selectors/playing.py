"""What there is to play of a video: what a player is told, and the files behind its requests."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from media_pipeline import captions, ladder, packaging
from media_pipeline.choices import SourceState
from media_pipeline.models import Asset, FirstLook, Picture, Rendition, Source, Video

LONGEST_KEY_FRAME_GAP = 2  # seconds, and one frame


@dataclass(frozen=True, slots=True)
class Quality:
    """A rung that somebody may choose."""

    label: str
    url: str
    """Of the plain file."""


@dataclass(frozen=True, slots=True)
class CaptionTrack:
    language: str
    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Playback:
    """What a player needs of a video."""

    master_url: str
    mp4_url: str
    """One rung as a plain file, which plays while it loads; empty while that is being made."""
    poster: Picture | None
    width: int
    height: int
    duration: float
    """Seconds."""
    qualities: Sequence[Quality] = ()
    """The highest first; empty where there is nothing to choose."""
    tracks: Sequence[CaptionTrack] = ()
    chapters_url: str = ""
    """Of their WebVTT; empty where there are none."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some bytes of a stored file."""

    name: str
    first: int
    size: int | None
    """None for all of the file."""


@dataclass(frozen=True, slots=True)
class FirstPieces:
    """A rung that can be watched while it is being made: a header and a piece for each key
    frame. When the rung is done they are the same pieces of the finished file, and all of them."""

    init: Piece
    pieces: Sequence[Piece]
    seconds: Sequence[float]
    """Of each piece."""
    target: int
    """Whole seconds that none will exceed."""
    ended: bool


def playback_of(video: Video, *, as_draft: bool = False) -> Playback | None:
    """None while there is nothing to play yet. `as_draft` is for its merchant and the editors:
    with the captions of the version saved last, which `video` then is, and before all is ready
    with what there is."""
    source = video.source
    if source.state == SourceState.READY:
        return _of_renditions(video, as_draft=as_draft)
    if not as_draft:
        return None
    look = FirstLook.objects.filter(source=source).first()
    if look is not None and look.segments:
        return _of_first_look(video)
    return _of_renditions(video, as_draft=True)


def renditions_of(source: Source) -> list[Rendition]:
    """Those that are served, the highest first; before anything is, those that are made already.
    No query for a source whose renditions were prefetched."""
    found = list(source.renditions.all())
    profile = source.profile or max((one.profile for one in found), default=0)
    return [one for one in found if one.profile == profile]


def rendition_of(source: Source, name: str) -> Rendition | None:
    """The one of that name among `renditions_of`."""
    return next((one for one in renditions_of(source) if one.name == name), None)


def progressive_of(renditions: Sequence[Rendition]) -> Rendition | None:
    """Of these the one that a page's plain <video> plays."""
    edges = {one.name: min(one.width, one.height) for one in renditions if _is_plain(one)}
    if not edges:
        return None
    name = ladder.progressive_name(list(edges.items()))
    return next(one for one in renditions if one.name == name)


def asset_of(source: Source, kind: str) -> Asset | None:
    """What is served of that kind, or will be as soon as the rest is ready."""
    assets = source.assets.filter(kind=kind)
    if source.profile is not None:
        assets = assets.filter(profile=source.profile)
    return assets.order_by("-profile").first()


def first_pieces_of(source: Source) -> FirstPieces | None:
    """None before the first piece is there."""
    look = FirstLook.objects.filter(source=source).first()
    renditions = renditions_of(source)
    if look is None:
        done = progressive_of(renditions)
    else:
        size = (look.width, look.height)
        done = next((one for one in renditions if (one.width, one.height) == size), None)
    if done is not None:
        return _of_rendition(done, _target(source))
    return _of_look(look, _target(source)) if look is not None and look.segments else None


def frame_rate_of(source: Source) -> float:
    """Frames a second that its renditions have."""
    numerator, denominator = frame_rate_fraction_of(source)
    return numerator / denominator


def frame_rate_fraction_of(source: Source) -> tuple[int, int]:
    """The same, exactly."""
    return ladder.even_frame_rate(source.facts["video"]["frame_rate"])


def _of_renditions(video: Video, *, as_draft: bool) -> Playback | None:
    renditions = renditions_of(video.source)
    progressive = progressive_of(renditions)
    if progressive is None:
        return None
    return Playback(
        master_url=_file_url(video, packaging.MASTER),
        mp4_url=_file_url(video, f"{progressive.name}.mp4"),
        poster=video.shown_poster,
        width=video.source.width or 0,
        height=video.source.height or 0,
        duration=video.source.duration or 0.0,
        qualities=_qualities(video, renditions),
        tracks=_tracks(video, "draft-captions" if as_draft else "captions"),
        chapters_url=_chapters_url(video, "draft-chapters.vtt" if as_draft else "chapters.vtt"),
    )


def _of_first_look(video: Video) -> Playback:
    return Playback(
        master_url=_file_url(video, packaging.FIRST_LOOK),
        mp4_url="",
        poster=video.shown_poster,
        width=video.source.width or 0,
        height=video.source.height or 0,
        duration=video.source.duration or 0.0,
        tracks=_tracks(video, "draft-captions"),
        chapters_url=_chapters_url(video, "draft-chapters.vtt"),
    )


def _qualities(video: Video, renditions: Sequence[Rendition]) -> list[Quality]:
    plain = [one for one in renditions if _is_plain(one)]
    if len(plain) < 2:
        return []
    return [Quality(one.name, _file_url(video, f"{one.name}.mp4")) for one in plain]


def _is_plain(rendition: Rendition) -> bool:
    """H.264, which every browser plays."""
    return rendition.codecs.startswith("avc1")


def _tracks(video: Video, folder: str) -> list[CaptionTrack]:
    return [
        CaptionTrack(one.language, one.shown_label, _file_url(video, f"{folder}/{number}.vtt"))
        for number, one in enumerate(captions.tracks_of(video.captions))
    ]


def _chapters_url(video: Video, name: str) -> str:
    return _file_url(video, name) if video.chapters else ""


def _file_url(video: Video, name: str) -> str:
    return reverse("media_pipeline:video_file", args=[video.uuid, name])


def _of_rendition(rendition: Rendition, target: int) -> FirstPieces:
    starts = [int(row[0]) for row in rendition.key_frames]
    ends = [*starts[1:], rendition.size]
    return FirstPieces(
        init=Piece(rendition.path, 0, rendition.init_size),
        pieces=[
            Piece(rendition.path, start, end - start)
            for start, end in zip(starts, ends, strict=True)
        ],
        seconds=[row[2] for row in rendition.key_frames],
        target=target,
        ended=True,
    )


def _of_look(look: FirstLook, target: int) -> FirstPieces:
    return FirstPieces(
        init=Piece(f"{look.folder}/init.mp4", 0, None),
        pieces=[
            Piece(f"{look.folder}/{number}.m4s", 0, int(size))
            for number, (size, _) in enumerate(look.segments)
        ],
        seconds=[seconds for _, seconds in look.segments],
        target=target,
        ended=False,
    )


def _target(source: Source) -> int:
    """The same from the first answer to the last, which RFC 8216 (6.2.1) asks for."""
    return int(LONGEST_KEY_FRAME_GAP + 1 / frame_rate_of(source) + 0.5)
