"""What people see of a video, changed: always on top of its latest draft, and never what is
public already, which waits for an editor."""

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import Revision

from accounts.models import User
from media_pipeline.errors import MediaRefusedError
from media_pipeline.models import Picture, Still, Video
from media_pipeline.selectors import draft_of
from media_pipeline.signals import poster_chosen, video_changed

# Not the merchant's to change, and not looked at again with each change of a word.
_SETTLED = ("source", "merchant", "uploaded_by", "latest_revision")


@transaction.atomic
def revise_video(
    *, video: Video, user: User | None, over_own: bool = False, **changes: object
) -> Video:
    """Sets these fields in a new version of the video, and returns that. A video that isn't
    public changes at once; one that is, when an editor approves the version. With `over_own` a
    person's next change goes into their last version, where nobody has seen that yet: what saves
    itself while they type would fill the history."""
    row = Video.objects.select_for_update(of=("self",)).get(pk=video.pk)
    draft = draft_of(row)
    for name, value in changes.items():
        setattr(draft, name, value)
    draft.full_clean(exclude=_SETTLED)
    if not row.live:
        draft.save(update_fields=list(changes))
    overwritten = _overwritable(row, user) if over_own else None
    draft.save_revision(user=user, clean=False, overwrite_revision=overwritten)
    video_changed.send(Video, video_ids=[row.pk])
    return draft


@transaction.atomic
def choose_poster(*, video: Video, user: User, picture: Picture | None) -> Video:
    """Shows the video with this picture: one of its own stills, or one of its merchant's; with
    None by the one that we chose. Raises MediaRefusedError."""
    if picture is not None and not _may_stand_for(picture, video):
        raise MediaRefusedError(_("Choose one of the pictures that are shown, or upload one."))
    draft = revise_video(video=video, user=user, poster=picture)
    if picture is not None:
        poster_chosen.send(Picture, picture=picture)
    return draft


def _overwritable(row: Video, user: User | None) -> Revision | None:
    latest = row.latest_revision
    if latest is None or user is None or latest.user_id != user.pk:
        return None
    if latest.pk == row.live_revision_id or latest.task_states.exists():
        return None
    return latest


def _may_stand_for(picture: Picture, video: Video) -> bool:
    if picture.merchant_id is not None:
        return picture.merchant_id == video.merchant_id
    return Still.objects.filter(source=video.source_id, picture=picture).exists()
