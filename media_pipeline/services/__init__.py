"""Every write of this app, by subject."""

from media_pipeline.services.findings import overrule_finding
from media_pipeline.services.leases import stop_working
from media_pipeline.services.leftovers import remove_leftovers
from media_pipeline.services.pictures import create_picture, make_shown_renditions
from media_pipeline.services.processing import (
    cancel_source,
    remake_outdated,
    remake_source,
    resume_stalled,
    retry_source,
    work,
)
from media_pipeline.services.quotas import check_quota, remove_quota, set_quota
from media_pipeline.services.revisions import choose_poster, revise_video
from media_pipeline.services.uploads import (
    append_to_upload,
    cancel_upload,
    expire_uploads,
    finish_upload,
    join_uploads,
    start_upload,
)
from media_pipeline.services.videos import add_video, delete_video, update_video

__all__ = [
    "add_video",
    "append_to_upload",
    "cancel_source",
    "cancel_upload",
    "check_quota",
    "choose_poster",
    "create_picture",
    "delete_video",
    "expire_uploads",
    "finish_upload",
    "join_uploads",
    "make_shown_renditions",
    "overrule_finding",
    "remake_outdated",
    "remake_source",
    "remove_leftovers",
    "remove_quota",
    "resume_stalled",
    "retry_source",
    "revise_video",
    "set_quota",
    "start_upload",
    "stop_working",
    "update_video",
    "work",
]
