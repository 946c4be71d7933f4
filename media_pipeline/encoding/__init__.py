"""ffmpeg, and nothing else. The arguments are built with ffmpeg-python; what runs is the wheel's
binary, in the sandbox."""

from media_pipeline.encoding.extracts import grab_frames, make_preview
from media_pipeline.encoding.rungs import Job, encode, frame_rate_of
from media_pipeline.encoding.running import EncodingFailedError

__all__ = [
    "EncodingFailedError",
    "Job",
    "encode",
    "frame_rate_of",
    "grab_frames",
    "make_preview",
]
