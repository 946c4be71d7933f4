"""Sending guides and videos to the editors, and what editors decide.

Wagtail's workflow underneath keeps every submission and decision; the editors' Wagtail admin
works on the same rows, so whatever must follow a decision hangs on its signals (receivers.py).
"""

import logging
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Revision, TaskState, WorkflowState

from accounts.models import User
from cms import rules
from cms.choices import ReviewState
from cms.errors import ModerationRefusedError, TakenDownError
from cms.models import GuidePage
from cms.selectors import Subject, review_of
from cms.selectors.reviews import last_workflow_states
from cms.services.notices import tell_members_it_is_public
from cms.services.rows import lock_row, refuse_all_but_editors, refuse_strangers
from media_pipeline.findings import Level
from media_pipeline.models import Finding, Source, Video
from media_pipeline.selectors import draft_of, open_findings
from media_pipeline.services import overrule_finding
from media_pipeline.wording import remarks_on, words_of

logger = logging.getLogger(__name__)


@transaction.atomic
def submit(*, subject: Subject, user: User) -> None:
    """Send the latest version to the editors; it can't be changed while they read it.

    Raises:
        ModerationRefusedError: with every sentence on what is still to be done.
    """
    refuse_strangers(user=user, merchant=subject.merchant)
    row = lock_row(subject)
    state = review_of(row).state
    if not rules.may_submit(state):
        raise ModerationRefusedError(_not_submittable(state))
    if row.latest_revision is None:
        row.save_revision(user=user, clean=False)
    if missing := _missing(row):
        raise ModerationRefusedError(" ".join(missing))
    sent_back = row.current_workflow_state
    if sent_back is not None:
        sent_back.resume(user)
    else:
        row.get_workflow().start(row, user)


@transaction.atomic
def withdraw_submission(*, subject: Subject, user: User) -> None:
    """Take a submission back, to go on writing."""
    refuse_strangers(user=user, merchant=subject.merchant)
    row = lock_row(subject)
    if not rules.may_withdraw_submission(review_of(row).state):
        raise ModerationRefusedError(_("This isn't waiting for an editor any more."))
    row.current_workflow_state.cancel(user=user)


@transaction.atomic
def approve(
    *, subject: Subject, editor: User, comment: str = "", revision: Revision | None = None
) -> None:
    """Let what waits be public: now, on its day, or as soon as the pipeline has finished with it.

    `revision` is what the editor looked at; an approval of anything newer is refused.
    """
    task_state = _waiting_task_state(subject, editor, revision)
    if isinstance(subject, Video):
        _refuse_what_is_held(subject.source)
        _refuse_remarkable_words(subject, comment)
    task_state.approve(user=editor, comment=comment)


@transaction.atomic
def send_back(
    *, subject: Subject, editor: User, reason: str, revision: Revision | None = None
) -> None:
    """Return what waits to the merchant with the reason that they read."""
    if not reason.strip():
        raise ModerationRefusedError(_("Write the reason: the merchant reads it."))
    task_state = _waiting_task_state(subject, editor, revision)
    task_state.reject(user=editor, comment=reason.strip())


@transaction.atomic
def overrule(*, findings: Sequence[Finding], editor: User, reason: str) -> None:
    """Let what was found in a video stay, all for one reason. A video that was approved before,
    and that nothing else holds back, becomes public.

    Raises:
        ActionRefusedError: nobody overrules without a reason, or twice.
    """
    refuse_all_but_editors(editor)
    for finding in findings:
        overrule_finding(finding=finding, user=editor, reason=reason)
    for source in {finding.source for finding in findings}:
        publish_approved_videos(source=source)


def publish_approved_videos(*, source: Source | None = None) -> int:
    """Publish the videos that were approved before they could be played and now can be.

    Returns how many. Beat repeats it, for an approval and the pipeline's last step may pass
    each other unseen.
    """
    waiting = Video.objects.filter(live=False, last_published_at=None, taken_down_at=None)
    if source is not None:
        waiting = waiting.filter(source=source)
    videos = list(
        waiting.select_related("source").prefetch_related("source__steps", "source__findings")
    )
    if not videos:
        return 0
    states = last_workflow_states(videos)
    ready = [
        video
        for video in videos
        if video.can_be_published
        and video.pk in states
        and states[video.pk].status == WorkflowState.STATUS_APPROVED
    ]
    return sum(_publish_approved(video) for video in ready)


@transaction.atomic
def cancel_submissions_of(*, source: Source) -> None:
    """Take videos out of the editors' queue whose file turned out not to be playable."""
    for video in Video.objects.filter(source=source):
        state = video.current_workflow_state
        if state is not None and state.status == WorkflowState.STATUS_IN_PROGRESS:
            state.cancel()


def publish_scheduled() -> int:
    """Bring out what is due and take in what has expired; each in a transaction of its own, so
    that one that fails holds up no other. Returns how many changed."""
    past_its_end = {"live": True, "expire_at__lt": timezone.now()}
    expired: list[Subject] = [
        *GuidePage.objects.filter(**past_its_end),
        *Video.objects.filter(**past_its_end),
    ]
    changed = sum(_expire(subject) for subject in expired)
    due = Revision.objects.filter(approved_go_live_at__lte=timezone.now()).order_by(
        "approved_go_live_at"
    )
    for revision in due:
        changed += _publish_due(revision)
    return changed


def _missing(row: Subject) -> list[str]:
    draft = row.get_latest_revision_as_object()
    if isinstance(draft, Video):
        return rules.missing_from_video(draft)
    return rules.missing_from_guide(draft)


def _not_submittable(state: ReviewState) -> str:
    if state == ReviewState.TAKEN_DOWN:
        return _("An editor took this down. Write to the editors about it.")
    if state == ReviewState.LIVE:
        return _("This is published as it is. Change something first.")
    return _("The editors have this already.")


def _refuse_what_is_held(source: Source) -> None:
    held = open_findings(source, Level.SERIOUS)
    if not held:
        return
    kinds = ", ".join(dict.fromkeys(str(finding.get_kind_display()) for finding in held))
    raise ModerationRefusedError(
        _(
            "First decide on what was found in it (%(kinds)s): overrule it with a reason, or "
            "send the video back."
        )
        % {"kinds": kinds}
    )


def _refuse_remarkable_words(video: Video, comment: str) -> None:
    """Words have no finding to be overruled: the reason is the approval's note."""
    draft = draft_of(Video.objects.get(pk=video.pk))
    remarks = remarks_on(*words_of(draft))
    if remarks and not comment.strip():
        raise ModerationRefusedError(
            _(
                "Its words say “%(text)s”: write in the note why that may stay, or send the "
                "video back."
            )
            % {"text": "”, “".join(remark.text for remark in remarks)}
        )


def _waiting_task_state(subject: Subject, editor: User, revision: Revision | None) -> TaskState:
    """The decision that waits, on the latest version."""
    refuse_all_but_editors(editor)
    row = lock_row(subject)
    state = row.current_workflow_state
    if state is None or not rules.may_be_decided(review_of(row).state):
        raise ModerationRefusedError(
            _("This isn't waiting any more: it was decided, or taken back by the merchant.")
        )
    if revision is not None and revision.pk != row.latest_revision_id:
        raise ModerationRefusedError(
            _("This was changed after you opened it. Look at it again, then decide.")
        )
    if state.current_task_state.revision_id != row.latest_revision_id:
        # An editor corrected it while it waited: the decision is about what there is now.
        state.current_task_state.cancel(user=editor, resume=True)
        state.refresh_from_db()
    return state.current_task_state.specific


@transaction.atomic
def _publish_approved(video: Video) -> bool:
    row = lock_row(video)
    state = last_workflow_states([row])[row.pk]
    if row.live or row.taken_down_at or state.status != WorkflowState.STATUS_APPROVED:
        return False
    state.current_task_state.revision.publish(skip_permission_checks=True)
    tell_members_it_is_public(subject=row)
    return True


@transaction.atomic
def _expire(subject: Subject) -> bool:
    row = lock_row(subject)
    if not row.live or row.expire_at is None or row.expire_at >= timezone.now():
        return False
    row.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    return True


def _publish_due(revision: Revision) -> bool:
    subject = revision.content_object
    try:
        with transaction.atomic():
            revision.publish(log_action="wagtail.publish.scheduled")
            if isinstance(subject, GuidePage | Video):
                tell_members_it_is_public(subject=subject)
    except TakenDownError:
        # Taking down clears the schedule; this one was set behind its back.
        Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
        return False
    except Exception:
        logger.exception("Revision %s could not be published on its day", revision.pk)
        return False
    return True
