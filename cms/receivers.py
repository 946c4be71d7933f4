"""Events in. Decisions reach here whether they were made in Moderation or in Wagtail's own
pages, so everything that must follow one hangs on Wagtail's signals."""

from typing import Any

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from wagtail.models import TaskState, WorkflowState

from cms import selectors
from cms.models import GuidePage
from cms.selectors import Subject
from cms.services import ensure_site, publish_approved_videos
from cms.services.moderation import cancel_submissions_of
from cms.services.notices import (
    tell_editors_of_submission,
    tell_members_it_is_public,
    tell_members_it_was_approved,
    tell_members_it_was_sent_back,
)
from cms.signals import guide_changed
from media_pipeline.models import Picture, Source, Video
from media_pipeline.signals import video_changed
from merchants.models import Merchant
from products.models import Category
from search.services import note_changes


def make_site_after_migrations(*, using: str, **kwargs: Any) -> None:
    """The fixed pages and groups need every app's tables and permissions: this runs once the
    last app's have been made, and not while a migration is still to come."""
    if "plan" in kwargs:
        executor = MigrationExecutor(connections[using])
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return
    for config in apps.get_app_configs():
        create_permissions(config, verbosity=0, using=using)
    ensure_site()


def tell_editors_it_waits(*, instance: TaskState, **kwargs: Any) -> None:
    subject = _subject_of(instance.workflow_state)
    if subject is not None:
        tell_editors_of_submission(subject=subject, title=instance.revision.object_str)


def tell_members_of_rejection(*, instance: WorkflowState, **kwargs: Any) -> None:
    subject = _subject_of(instance)
    if subject is not None:
        tell_members_it_was_sent_back(subject=subject, reason=instance.current_task_state.comment)


def tell_members_of_approval(*, instance: WorkflowState, **kwargs: Any) -> None:
    subject = _subject_of(instance)
    if subject is None:
        return
    approved = instance.current_task_state.revision_id
    if subject.live and subject.live_revision_id == approved:
        tell_members_it_is_public(subject=subject)
    else:
        tell_members_it_was_approved(subject=subject)


def note_guide_published(*, instance: GuidePage, **kwargs: Any) -> None:
    guide_changed.send(GuidePage, guide_ids=[instance.pk])


def note_video_published(*, instance: Video, **kwargs: Any) -> None:
    video_changed.send(Video, video_ids=[instance.pk])


def is_shown_by_guide(*, picture: Picture, **kwargs: Any) -> bool:
    return selectors.is_in_public_guide(picture)


def note_guides_for_search(*, guide_ids: list[int], **kwargs: Any) -> None:
    note_changes(kind="guide", object_ids=guide_ids)


def note_guides_of_merchant(*, merchant: Merchant, **kwargs: Any) -> None:
    """A suspension takes everything of a merchant's out of the search, and its end puts it back."""
    ids = list(GuidePage.objects.filter(merchant=merchant).values_list("pk", flat=True))
    guide_changed.send(GuidePage, guide_ids=ids)


def note_guides_below(*, instance: Category, created: bool, **kwargs: Any) -> None:
    """A category's name and address are part of the documents of everything below it."""
    if not created:
        guides = GuidePage.objects.filter(category__path__startswith=instance.path)
        guide_changed.send(GuidePage, guide_ids=list(guides.values_list("pk", flat=True)))


def publish_what_was_approved(*, source: Source, **kwargs: Any) -> None:
    publish_approved_videos(source=source)


def drop_what_cannot_be_played(*, source: Source, **kwargs: Any) -> None:
    cancel_submissions_of(source=source)


def _subject_of(state: WorkflowState) -> Subject | None:
    """As it is now in the database: what the workflow holds may be older."""
    model = state.content_type.model_class()
    if model is GuidePage:
        return GuidePage.objects.filter(pk=state.object_id).first()
    if model is Video:
        return Video.objects.filter(pk=state.object_id).first()
    return None
