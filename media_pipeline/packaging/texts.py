"""The playlists of a video by their names."""

from collections.abc import Sequence

from media_pipeline.packaging.dash import MANIFEST, manifest
from media_pipeline.packaging.hls import (
    I_FRAMES,
    MASTER,
    Playable,
    i_frame_playlist,
    master_playlist,
    media_playlist,
)


def playlist(
    name: str, renditions: Sequence[Playable], *, frame_rate: tuple[int, int]
) -> str | None:
    """The text of 'master.m3u8', 'manifest.mpd', '720p.m3u8' or '720p-iframes.m3u8'; None for a
    name that these renditions don't have. `frame_rate` is a fraction."""
    if not renditions:
        return None
    if name == MASTER:
        return master_playlist(renditions, frame_rate[0] / frame_rate[1])
    if name == MANIFEST:
        return manifest(renditions, frame_rate)
    for one in renditions:
        if name == f"{one.name}.m3u8":
            return media_playlist(one)
        if name == f"{one.name}{I_FRAMES}.m3u8" and one.key_frames:
            return i_frame_playlist(one)
    return None
