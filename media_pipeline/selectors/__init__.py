"""Every read of this app that is more than one line, by subject."""

from media_pipeline.selectors.uploads import Usage, uploads_under_way, usage_of, usages_of
from media_pipeline.selectors.videos import (
    Playback,
    Progress,
    frame_rate_of,
    latest_steps,
    pictures_of,
    playback_of,
    progress_of,
    public_videos,
    video_by_uuid,
    videos_of,
)

__all__ = [
    "Playback",
    "Progress",
    "Usage",
    "frame_rate_of",
    "latest_steps",
    "pictures_of",
    "playback_of",
    "progress_of",
    "public_videos",
    "uploads_under_way",
    "usage_of",
    "usages_of",
    "video_by_uuid",
    "videos_of",
]
