from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from cms.blocks import GuideBody


class HomePage(Page):
    """The first page's words. What it lists comes from storefront's view."""

    headline = models.CharField(_("headline"), max_length=120, blank=True)
    introduction = models.TextField(_("introduction"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("headline"), FieldPanel("introduction")]
    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["cms.GuideIndexPage"]


class GuideIndexPage(Page):
    """Where every guide hangs: /guides/."""

    introduction = models.TextField(_("introduction"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    max_count = 1
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.GuidePage"]


class GuidePage(Page):
    """A knowledge page: everything a person should know before buying one of these."""

    merchant = models.ForeignKey(
        "merchants.Merchant",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="guides",
        help_text=_("Empty for a guide of the editors' own."),
    )
    category = models.ForeignKey(
        "products.Category", on_delete=models.PROTECT, related_name="guides"
    )
    summary = models.TextField(
        _("summary"), max_length=300, help_text=_("Two sentences; shown in lists and searches.")
    )
    picture = models.ForeignKey(
        "media_pipeline.Picture",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    body = StreamField(GuideBody(), blank=True)

    content_panels = [
        *Page.content_panels,
        FieldPanel("merchant", read_only=True),
        FieldPanel("category"),
        FieldPanel("summary"),
        FieldPanel("picture"),
        FieldPanel("body"),
    ]
    parent_page_types = ["cms.GuideIndexPage"]
    subpage_types: list[str] = []
    template = "cms/guide_page.html"


class TakeDown(models.Model):
    """An editor's decision that a guide, video or product must not be seen, and why."""

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.BigIntegerField()
    subject = GenericForeignKey("content_type", "object_id")
    title = models.CharField(max_length=255, help_text=_("As it was when taken down."))
    reason = models.TextField(_("reason"))
    taken_down_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    lifted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["content_type", "object_id"])]
        constraints = [
            models.UniqueConstraint(
                fields=["content_type", "object_id"],
                condition=models.Q(lifted_at=None),
                name="one_take_down_in_force",
            )
        ]

    def __str__(self) -> str:
        return self.title
