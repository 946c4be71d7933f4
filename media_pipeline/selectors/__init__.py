"""Every read of this app that is more than one line, by subject."""

from media_pipeline.selectors.life import Life, Mark, Stage, life_of, with_life
from media_pipeline.selectors.uploads import Usage, uploads_under_way, usage_of, usages_of
from media_pipeline.selectors.videos import (
    Playback,
    Progress,
    draft_of,
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
    "Life",
    "Mark",
    "Playback",
    "Progress",
    "Stage",
    "Usage",
    "draft_of",
    "frame_rate_of",
    "latest_steps",
    "life_of",
    "pictures_of",
    "playback_of",
    "progress_of",
    "public_videos",
    "uploads_under_way",
    "usage_of",
    "usages_of",
    "video_by_uuid",
    "videos_of",
    "with_life",
]
