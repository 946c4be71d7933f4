from django.apps import AppConfig
from django.db.models.signals import post_delete, post_migrate, post_save, pre_delete


class CmsConfig(AppConfig):
    name = "cms"

    def ready(self) -> None:
        """Connect what happens elsewhere to what follows from it here."""
        # Models are there only now, and these import them.
        from wagtail import signals as wagtail_signals  # noqa: PLC0415
        from wagtail.models import (  # noqa: PLC0415
            Page,
            PageViewRestriction,
            TaskState,
            WorkflowState,
        )

        from cms import documents, receivers  # noqa: PLC0415
        from cms.models import GuidePage  # noqa: PLC0415
        from cms.signals import guide_changed  # noqa: PLC0415
        from media_pipeline.models import Video  # noqa: PLC0415
        from media_pipeline.signals import (  # noqa: PLC0415
            picture_asked_for,
            picture_changed,
            source_ready,
            source_refused,
            video_changed,
        )
        from merchants.signals import (  # noqa: PLC0415
            merchant_changed,
            merchant_reinstated,
            merchant_suspended,
        )
        from products.documents import register_occupants  # noqa: PLC0415
        from products.models import Category  # noqa: PLC0415
        from products.signals import category_moved  # noqa: PLC0415

        documents.register_guides()
        register_occupants(documents.categories_of_guides)
        post_migrate.connect(receivers.make_site_after_migrations, sender=self)
        guide_changed.connect(receivers.note_guides_for_search)
        for signal in (merchant_suspended, merchant_reinstated, merchant_changed):
            signal.connect(receivers.note_guides_of_merchant)
        for page_model in (GuidePage, Page):
            post_save.connect(receivers.note_saved_guide, sender=page_model)
        pre_delete.connect(receivers.note_deleted_guide, sender=GuidePage)
        for signal in (post_save, post_delete):
            signal.connect(receivers.note_guides_below_restricted, sender=PageViewRestriction)
        for signal in (wagtail_signals.page_slug_changed, wagtail_signals.post_page_move):
            signal.connect(receivers.note_guides_below_page)
        post_save.connect(receivers.note_guides_below, sender=Category)
        category_moved.connect(receivers.note_guides_of_category)
        video_changed.connect(receivers.note_guides_with_video)
        picture_changed.connect(receivers.note_guides_with_picture)
        picture_asked_for.connect(receivers.is_shown_by_guide)
        source_ready.connect(receivers.publish_what_was_approved)
        source_refused.connect(receivers.drop_what_cannot_be_played)
        wagtail_signals.published.connect(receivers.note_video_published, sender=Video)
        wagtail_signals.unpublished.connect(receivers.note_video_published, sender=Video)
        # These three take the seats of Wagtail's own mails, which would send merchants to the
        # admin that they may not enter: Wagtail connects its receivers after this app (its
        # place in INSTALLED_APPS), and a signal keeps the first of two with the same uid.
        wagtail_signals.task_submitted.connect(
            receivers.tell_editors_it_waits,
            sender=TaskState,
            dispatch_uid="group_approval_task_submitted_email_notification",
        )
        wagtail_signals.workflow_rejected.connect(
            receivers.tell_members_of_rejection,
            sender=WorkflowState,
            dispatch_uid="workflow_state_rejected_email_notification",
        )
        wagtail_signals.workflow_approved.connect(
            receivers.tell_members_of_approval,
            sender=WorkflowState,
            dispatch_uid="workflow_state_approved_email_notification",
        )
