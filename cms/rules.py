"""May X do Y. Pure: what a rule needs to know is given to it."""

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from cms.blocks import GuideBody
from cms.choices import ReviewState
from media_pipeline.choices import SourceState

if TYPE_CHECKING:
    from accounts.models import User
    from cms.models import GuidePage
    from media_pipeline.models import Video

_SUBMITTABLE = {ReviewState.DRAFT, ReviewState.SENT_BACK, ReviewState.LIVE_WITH_CHANGES}
_FIXED = {ReviewState.IN_REVIEW, ReviewState.TAKEN_DOWN}


def is_editor(user: "User | AnonymousUser") -> bool:
    """Editors and administrators: whoever may open the Wagtail admin. Merchants never may."""
    return user.is_authenticated and user.has_perm("wagtailadmin.access_admin")


def may_submit(state: ReviewState) -> bool:
    return state in _SUBMITTABLE


def may_withdraw_submission(state: ReviewState) -> bool:
    return state == ReviewState.IN_REVIEW


def may_be_edited(state: ReviewState, *, scheduled: bool = False) -> bool:
    """What an editor is reading, or what was approved and waits for its day, must not change
    under their hands."""
    return state not in _FIXED and not scheduled


def may_be_decided(state: ReviewState) -> bool:
    return state == ReviewState.IN_REVIEW


def missing_from_guide(guide: "GuidePage") -> list[str]:
    """What must be done before a guide can be sent to the editors; a sentence each."""
    missing = []
    if not guide.title.strip():
        missing.append(_("Give the guide a title."))
    if not guide.summary.strip():
        missing.append(_("Write a summary: two sentences that lists and searches show."))
    if not guide.body:
        missing.append(_("Write the guide: it has no content yet."))
    else:
        missing.extend(_incomplete_blocks(guide))
    return missing


def _incomplete_blocks(guide: "GuidePage") -> list[str]:
    problems = []
    for number, child in enumerate(guide.body, start=1):
        try:
            child.block.clean(child.value)
        except ValidationError:
            problems.append(
                _("Complete part %(number)d (%(kind)s): something required is empty or too long.")
                % {"number": number, "kind": GuideBody().child_blocks[child.block_type].label}
            )
    return problems


def missing_from_video(video: "Video") -> list[str]:
    """What must be done before a video can be sent to the editors; a sentence each."""
    missing = []
    if not video.title.strip():
        missing.append(_("Give the video a title."))
    if video.source.state not in {SourceState.PROCESSING, SourceState.READY}:
        missing.append(_("This file can't be played. Upload another one."))
    return missing
