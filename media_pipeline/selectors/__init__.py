"""Every read of this app that is more than one line, by subject."""

from media_pipeline.selectors.findings import open_findings
from media_pipeline.selectors.life import Life, Mark, life_of, with_life
from media_pipeline.selectors.playing import (
    CaptionTrack,
    Playback,
    Quality,
    frame_rate_of,
    playback_of,
    renditions_of,
)
from media_pipeline.selectors.uploads import Usage, uploads_under_way, usage_of, usages_of
from media_pipeline.selectors.videos import (
    Progress,
    draft_of,
    latest_steps,
    picture_at,
    pictures_of,
    progress_of,
    public_videos,
    video_by_uuid,
    videos_of,
    with_media,
)
from media_pipeline.selectors.work import Job, Share, Work, shares_of, work_at_hand

__all__ = [
    "CaptionTrack",
    "Job",
    "Life",
    "Mark",
    "Playback",
    "Progress",
    "Quality",
    "Share",
    "Usage",
    "Work",
    "draft_of",
    "frame_rate_of",
    "latest_steps",
    "life_of",
    "open_findings",
    "picture_at",
    "pictures_of",
    "playback_of",
    "progress_of",
    "public_videos",
    "renditions_of",
    "shares_of",
    "uploads_under_way",
    "usage_of",
    "usages_of",
    "video_by_uuid",
    "videos_of",
    "with_life",
    "with_media",
    "work_at_hand",
]
