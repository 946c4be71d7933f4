"""How renditions are offered to players: HLS playlists and a DASH manifest over single CMAF
files, by byte range.

One file holds a rung: its header, an index (`sidx`) and its fragments, one for each key frame.
The same file is played as it is by a plain <video>, and segment by segment by HLS and DASH;
nothing is stored twice. Playlists are written from the database, so they can't disagree with it.
"""

from media_pipeline.packaging.boxes import BrokenFileError
from media_pipeline.packaging.dash import MANIFEST, manifest
from media_pipeline.packaging.fragments import Fragment, codecs_of, fragments_of, read_fragment
from media_pipeline.packaging.hls import (
    FIRST_LOOK,
    I_FRAMES,
    MASTER,
    Playable,
    growing_playlist,
    i_frame_playlist,
    master_playlist,
    media_playlist,
)
from media_pipeline.packaging.index import (
    Index,
    Segment,
    average_rate,
    peak_rate,
    read_index,
    target_duration,
)

__all__ = [
    "FIRST_LOOK",
    "I_FRAMES",
    "MANIFEST",
    "MASTER",
    "BrokenFileError",
    "Fragment",
    "Index",
    "Playable",
    "Segment",
    "average_rate",
    "codecs_of",
    "fragments_of",
    "growing_playlist",
    "i_frame_playlist",
    "manifest",
    "master_playlist",
    "media_playlist",
    "peak_rate",
    "read_fragment",
    "read_index",
    "target_duration",
]
