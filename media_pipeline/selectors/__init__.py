"""Every read of this app that is more than one line, by subject."""

from media_pipeline.selectors.videos import (
    Playback,
    Progress,
    frame_rate_of,
    pictures_of,
    playback_of,
    progress_of,
    public_videos,
    uploads_under_way,
    video_by_uuid,
    videos_of,
)

__all__ = [
    "Playback",
    "Progress",
    "frame_rate_of",
    "pictures_of",
    "playback_of",
    "progress_of",
    "public_videos",
    "uploads_under_way",
    "video_by_uuid",
    "videos_of",
]
