"""All that goes with a video, under its own address and only to those who may see it: playlists,
renditions, what the seek bar shows, captions, findings."""

import re
from collections.abc import Callable
from functools import partial

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from media_pipeline import blobs, captions, chapters, packaging, selectors
from media_pipeline.choices import AssetKind
from media_pipeline.models import Finding, Rendition, Video
from media_pipeline.rules import may_look_behind, may_watch
from media_pipeline.selectors import playing
from media_pipeline.views.sending import sent_file, sent_text

HLS = "application/vnd.apple.mpegurl"
DASH = "application/dash+xml"
WEBVTT = "text/vtt; charset=utf-8"
MP4 = "video/mp4"

Answer = Callable[..., HttpResponseBase]


@require_safe
def video_file(request: HttpRequest, uuid: str, path: str) -> HttpResponseBase:
    """One of a video's files, for whoever may watch it."""
    video = get_object_or_404(Video.objects.select_related("merchant", "source"), uuid=uuid)
    if not may_watch(request.user, video):
        raise Http404
    for pattern, answer in ANSWERS:
        if match := pattern.fullmatch(path):
            return answer(request, video, **match.groupdict())
    raise Http404


def _playlist(request: HttpRequest, video: Video, name: str) -> HttpResponseBase:
    text = packaging.playlist(
        name,
        playing.renditions_of(video.source),
        frame_rate=playing.frame_rate_fraction_of(video.source),
    )
    if text is None:
        raise Http404
    return sent_text(request, text, DASH if name.endswith(".mpd") else HLS)


def _rung(request: HttpRequest, video: Video, name: str) -> HttpResponseBase:
    rung = _rendition(video, name)
    return sent_file(request, rung.path, size=rung.size, content_type=MP4)


def _first_playlist(request: HttpRequest, video: Video) -> HttpResponseBase:
    look = _first_pieces(video)
    text = packaging.growing_playlist(look.seconds, target=look.target, ended=look.ended)
    return sent_text(request, text, HLS)


def _first_header(request: HttpRequest, video: Video) -> HttpResponseBase:
    return _piece(request, _first_pieces(video).init)


def _first_piece(request: HttpRequest, video: Video, number: str) -> HttpResponseBase:
    pieces = _first_pieces(video).pieces
    if int(number) >= len(pieces):
        raise Http404
    return _piece(request, pieces[int(number)])


def _storyboard(request: HttpRequest, video: Video) -> HttpResponseBase:
    sprite = playing.asset_of(video.source, AssetKind.SPRITE)
    if sprite is None:
        raise Http404
    text = packaging.storyboard(
        sprite.details, duration=video.source.duration or 0.0, file="sprite.webp"
    )
    return sent_text(request, text, WEBVTT)


def _asset(
    request: HttpRequest, video: Video, *, kind: AssetKind, content_type: str
) -> HttpResponseBase:
    asset = playing.asset_of(video.source, kind)
    if asset is None:
        raise Http404
    return sent_file(request, asset.path, size=asset.size, content_type=content_type)


def _captions(request: HttpRequest, video: Video, number: str) -> HttpResponseBase:
    tracks = captions.tracks_of(video.captions)
    if int(number) >= len(tracks):
        raise Http404
    return sent_text(request, captions.as_vtt(tracks[int(number)].cues), WEBVTT)


def _draft_captions(request: HttpRequest, video: Video, number: str) -> HttpResponseBase:
    """As they are in the version that was saved last, which may wait for approval."""
    _refuse_strangers(request, video)
    return _captions(request, selectors.draft_of(video), number)


def _chapters(request: HttpRequest, video: Video) -> HttpResponseBase:
    found = chapters.chapters_of(video.chapters)
    text = chapters.as_vtt(found, seconds=video.source.duration or 0.0)
    return sent_text(request, text, WEBVTT)


def _draft_chapters(request: HttpRequest, video: Video) -> HttpResponseBase:
    _refuse_strangers(request, video)
    return _chapters(request, selectors.draft_of(video))


def _finding(request: HttpRequest, video: Video, number: str) -> HttpResponseBase:
    _refuse_strangers(request, video)
    finding = get_object_or_404(
        Finding.objects.exclude(path=""), pk=number, source_id=video.source_id
    )
    return sent_file(request, finding.path, size=finding.size, content_type="image/jpeg")


NUMBER = r"(?P<number>\d{1,9})"
ANSWERS: list[tuple[re.Pattern[str], Answer]] = [
    (re.compile(pattern), answer)
    for pattern, answer in (
        (re.escape(packaging.FIRST_LOOK), _first_playlist),
        (r"first/init\.mp4", _first_header),
        (rf"first/{NUMBER}\.m4s", _first_piece),
        (r"sprite\.vtt", _storyboard),
        (r"sprite\.webp", partial(_asset, kind=AssetKind.SPRITE, content_type="image/webp")),
        (r"preview\.mp4", partial(_asset, kind=AssetKind.PREVIEW, content_type=MP4)),
        (rf"captions/{NUMBER}\.vtt", _captions),
        (rf"draft-captions/{NUMBER}\.vtt", _draft_captions),
        (r"chapters\.vtt", _chapters),
        (r"draft-chapters\.vtt", _draft_chapters),
        (rf"findings/{NUMBER}\.jpg", _finding),
        (r"(?P<name>[a-z0-9-]{1,40}\.(?:m3u8|mpd))", _playlist),
        (r"(?P<name>[a-z0-9-]{1,20})\.mp4", _rung),
    )
]


def _rendition(video: Video, name: str) -> Rendition:
    found = playing.rendition_of(video.source, name)
    if found is None:
        raise Http404
    return found


def _first_pieces(video: Video) -> playing.FirstPieces:
    found = playing.first_pieces_of(video.source)
    if found is None:
        raise Http404
    return found


def _piece(request: HttpRequest, piece: playing.Piece) -> HttpResponseBase:
    size = piece.size if piece.size is not None else blobs.size_of(piece.name)
    if size is None:
        raise Http404
    return sent_file(request, piece.name, first=piece.first, size=size, content_type=MP4)


def _refuse_strangers(request: HttpRequest, video: Video) -> None:
    if not may_look_behind(request.user, video):
        raise Http404
