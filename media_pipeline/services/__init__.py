"""Every write of this app, by subject."""

from media_pipeline.services.pictures import create_picture, make_shown_renditions
from media_pipeline.services.processing import (
    resume_stalled,
    retry_source,
    run_next_steps,
    stop_working,
    work_from,
)
from media_pipeline.services.uploads import (
    append_to_upload,
    cancel_upload,
    expire_uploads,
    finish_upload,
    start_upload,
)
from media_pipeline.services.videos import add_video, delete_video, update_video

__all__ = [
    "add_video",
    "append_to_upload",
    "cancel_upload",
    "create_picture",
    "delete_video",
    "expire_uploads",
    "finish_upload",
    "make_shown_renditions",
    "resume_stalled",
    "retry_source",
    "run_next_steps",
    "start_upload",
    "stop_working",
    "update_video",
    "work_from",
]
