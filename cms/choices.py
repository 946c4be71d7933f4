from django.db import models
from django.utils.translation import gettext_lazy as _


class ReviewState(models.TextChoices):
    """Where a guide or a video stands with the editors. Derived from rows; never stored."""

    DRAFT = "draft", _("Draft")
    IN_REVIEW = "in_review", _("Waiting for an editor")
    SENT_BACK = "sent_back", _("Sent back")
    APPROVED = "approved", _("Approved, not out yet")
    LIVE = "live", _("Published")
    LIVE_WITH_CHANGES = "live_with_changes", _("Published, with changes not yet sent in")
    TAKEN_DOWN = "taken_down", _("Taken down")


class SubjectKind(models.TextChoices):
    """What editors decide on."""

    GUIDE = "guide", _("Guide")
    VIDEO = "video", _("Video")
    PRODUCT = "product", _("Product")
