"""Events in. Decisions reach here whether they were made in Moderation or in Wagtail's own
pages, so everything that must follow one hangs on Wagtail's signals."""

from typing import Any

from django.apps import apps
from django.contrib.auth.management import create_permissions
from django.db import connections
from django.db.migrations.executor import MigrationExecutor
from wagtail.models import Page, PageViewRestriction, TaskState, WorkflowState

from cms import selectors
from cms.documents import KIND
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
from products.services import note_categories_of
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


def note_saved_guide(*, instance: Page, **kwargs: Any) -> None:
    """Inside the transaction that saves it, whoever does and as whatever: Wagtail's own signals
    come after it. What was never public is nobody's business."""
    if instance.specific_class is GuidePage and (instance.live or instance.first_published_at):
        guide_changed.send(GuidePage, guide_ids=[instance.pk])


def note_deleted_guide(*, instance: GuidePage, **kwargs: Any) -> None:
    guide_changed.send(GuidePage, guide_ids=[instance.pk])


def note_guides_below_restricted(*, instance: PageViewRestriction, **kwargs: Any) -> None:
    note_guides_below_page(instance=instance.page)


def note_guides_below_page(*, instance: Page, **kwargs: Any) -> None:
    """A page's place and address are part of the addresses of all that hang from it."""
    guides = GuidePage.objects.descendant_of(instance, inclusive=True).live()
    guide_changed.send(GuidePage, guide_ids=list(guides.values_list("pk", flat=True)))


def note_video_published(*, instance: Video, **kwargs: Any) -> None:
    video_changed.send(Video, video_ids=[instance.pk])


def is_shown_by_guide(*, picture: Picture, **kwargs: Any) -> bool:
    return selectors.is_in_public_guide(picture)


def note_guides_for_search(*, guide_ids: list[int], **kwargs: Any) -> None:
    note_changes(kind=KIND, object_ids=guide_ids)
    categories = Category.objects.filter(guides__in=guide_ids)
    note_categories_of(kind=KIND, object_ids=guide_ids, categories=categories)


def note_guides_of_merchant(*, merchant: Merchant, **kwargs: Any) -> None:
    """A suspension takes everything of a merchant's out of the search, and its end puts it back."""
    ids = list(GuidePage.objects.filter(merchant=merchant).values_list("pk", flat=True))
    guide_changed.send(GuidePage, guide_ids=ids)


def note_guides_below(*, instance: Category, created: bool, **kwargs: Any) -> None:
    """A category's name and address are part of the documents of everything below it."""
    if not created:
        note_guides_of_category(category=instance)


def note_guides_of_category(*, category: Category, **kwargs: Any) -> None:
    guides = GuidePage.objects.filter(category__path__startswith=category.path)
    guide_changed.send(GuidePage, guide_ids=list(guides.values_list("pk", flat=True)))


def note_guides_with_video(*, video_ids: list[int], **kwargs: Any) -> None:
    """Whether a guide shows a video is part of its document."""
    note_changes(kind=KIND, object_ids=selectors.guides_showing(Video, video_ids))


def note_guides_with_picture(*, picture_ids: list[int], **kwargs: Any) -> None:
    guides = GuidePage.objects.filter(picture__in=picture_ids)
    note_changes(kind=KIND, object_ids=list(guides.values_list("pk", flat=True)))


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
