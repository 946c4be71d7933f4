"""HLS playlists (RFC 8216), written from rows: they can't disagree with the database."""

from collections.abc import Sequence
from typing import Protocol

from media_pipeline.packaging.index import average_rate, peak_rate, target_duration

MASTER = "master.m3u8"
I_FRAMES = "-iframes"
FIRST_LOOK = "first.m3u8"
FAVOURITE_RATE = 2_000_000  # bits a second of what a player begins with, knowing no better
VERSION = 7  # the one with headers of segments for all kinds of playlists


class Playable(Protocol):
    """What a playlist needs to know of a rendition: a `Rendition`, as models.py has it."""

    name: str
    width: int
    height: int
    bandwidth: int
    average_bandwidth: int
    codecs: str
    size: int
    init_size: int
    segments: Sequence[Sequence[float]]
    key_frames: Sequence[Sequence[float]]


def master_playlist(renditions: Sequence[Playable], frame_rate: float) -> str:
    """The list of rungs, and of their key frames for winding. The first is what a player begins
    with while it can't know better: the one nearest to 2 Mbit/s."""
    ordered = sorted(renditions, key=lambda one: abs(one.bandwidth - FAVOURITE_RATE))
    lines = [*_head(), "#EXT-X-INDEPENDENT-SEGMENTS"]
    for one in ordered:
        lines.append(
            f"#EXT-X-STREAM-INF:BANDWIDTH={one.bandwidth},"
            f"AVERAGE-BANDWIDTH={one.average_bandwidth},"
            f'CODECS="{one.codecs}",RESOLUTION={one.width}x{one.height},'
            f"FRAME-RATE={frame_rate:.3f}"
        )
        lines.append(f"{one.name}.m3u8")
    for one in ordered:
        if one.key_frames:
            lines.append(
                f"#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH={peak_rate(one.key_frames)},"
                f"AVERAGE-BANDWIDTH={average_rate(one.key_frames)},"
                f'CODECS="{picture_codec(one.codecs)}",RESOLUTION={one.width}x{one.height},'
                f'URI="{one.name}{I_FRAMES}.m3u8"'
            )
    return _text(lines)


def media_playlist(rendition: Playable) -> str:
    """One rung's segments: all in one file, by byte range."""
    return _by_ranges(rendition, rendition.segments, "#EXT-X-INDEPENDENT-SEGMENTS")


def i_frame_playlist(rendition: Playable) -> str:
    """One rung's key frames, for winding and for the picture under a finger on the seek bar."""
    return _by_ranges(rendition, rendition.key_frames, "#EXT-X-I-FRAMES-ONLY")


def growing_playlist(seconds: Sequence[float], *, target: int, ended: bool) -> str:
    """One rung while it is being made, a file for each fragment. What a player has read stays as
    it is; more is added, and when all is there the end: so RFC 8216, 6.2.1 and EVENT want it.
    `target` must be at least the longest that will come, in whole seconds."""
    lines = [
        *_head(),
        f"#EXT-X-TARGETDURATION:{target}",
        "#EXT-X-MEDIA-SEQUENCE:0",
        "#EXT-X-PLAYLIST-TYPE:EVENT",
        "#EXT-X-INDEPENDENT-SEGMENTS",
        "#EXT-X-START:TIME-OFFSET=0",
        '#EXT-X-MAP:URI="first/init.mp4"',
    ]
    for number, length in enumerate(seconds):
        lines += [f"#EXTINF:{length:.5f},", f"first/{number}.m4s"]
    if ended:
        lines.append("#EXT-X-ENDLIST")
    return _text(lines)


def picture_codec(codecs: str) -> str:
    """Of a rung's codecs, the picture's."""
    return codecs.split(",")[0]


def _by_ranges(rendition: Playable, ranges: Sequence[Sequence[float]], kind: str) -> str:
    file = f"{rendition.name}.mp4"
    lines = [
        *_head(),
        f"#EXT-X-TARGETDURATION:{target_duration(ranges)}",
        "#EXT-X-MEDIA-SEQUENCE:0",
        "#EXT-X-PLAYLIST-TYPE:VOD",
        kind,
        f'#EXT-X-MAP:URI="{file}",BYTERANGE="{rendition.init_size}@0"',
    ]
    for offset, size, seconds in ranges:
        lines += [f"#EXTINF:{seconds:.5f},", f"#EXT-X-BYTERANGE:{size}@{offset}", file]
    return _text([*lines, "#EXT-X-ENDLIST"])


def _head() -> list[str]:
    return ["#EXTM3U", f"#EXT-X-VERSION:{VERSION}"]


def _text(lines: Sequence[str]) -> str:
    return "\n".join(lines) + "\n"
