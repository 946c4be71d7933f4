"""How renditions are offered to players: HLS playlists and a DASH manifest over single CMAF
files, by byte range.

One file holds a rung: its header, an index (`sidx`) and its fragments, one for each key frame.
The same file is played as it is by a plain <video>, and segment by segment by HLS and DASH;
nothing is stored twice. Playlists are written from the database, so they can't disagree with it.
"""

from media_pipeline.packaging.boxes import BrokenFileError
from media_pipeline.packaging.fragments import Fragment, codecs_of, fragments_of, read_fragment
from media_pipeline.packaging.hls import FIRST_LOOK, MASTER, Playable, growing_playlist
from media_pipeline.packaging.index import (
    Index,
    Segment,
    average_rate,
    peak_rate,
    read_index,
    segments_of,
    target_duration,
)
from media_pipeline.packaging.storyboard import storyboard
from media_pipeline.packaging.texts import playlist

__all__ = [
    "FIRST_LOOK",
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
    "peak_rate",
    "playlist",
    "read_fragment",
    "read_index",
    "segments_of",
    "storyboard",
    "target_duration",
]
