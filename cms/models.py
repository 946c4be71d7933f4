from typing import Any, ClassVar

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page, Revision
from wagtail.url_routing import RouteResult

from cms.blocks import GuideBody
from cms.errors import TakenDownError
from merchants.choices import MerchantState


class HomePage(Page):
    """The first page's words. What it lists comes from storefront's view."""

    headline = models.CharField(_("headline"), max_length=120, blank=True)
    introduction = models.TextField(_("introduction"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("headline"), FieldPanel("introduction")]
    max_count = 1
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["cms.GuideIndexPage"]
    private_page_options: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("home page")


class GuideIndexPage(Page):
    """Where every guide hangs: /guides/."""

    introduction = models.TextField(_("introduction"), blank=True)

    content_panels = [*Page.content_panels, FieldPanel("introduction")]
    max_count = 1
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.GuidePage"]
    private_page_options: ClassVar[list[str]] = []
    template = "cms/guide_index_page.html"

    class Meta:
        verbose_name = _("list of guides")


class GuidePage(Page):
    """A knowledge page: everything a person should know before buying one of these."""

    merchant = models.ForeignKey(
        "merchants.Merchant",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
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
    subpage_types: ClassVar[list[str]] = []
    private_page_options: ClassVar[list[str]] = []
    template = "cms/guide_page.html"

    class Meta:
        verbose_name = _("guide")

    OPEN_TO_ALL: ClassVar[models.Q] = models.Q(merchant=None) | models.Q(
        merchant__state=MerchantState.ACTIVE
    )
    """Of live guides, those that anyone may read."""

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        """Nothing of a suspended merchant is served, whatever state its pages are in."""
        if self.merchant is not None and not self.merchant.is_active:
            raise Http404
        return super().route(request, path_components)

    def publish(self, revision: Revision, *args: Any, **kwargs: Any) -> None:
        """The one way a guide becomes public, by hand, by approval or by schedule."""
        if TakeDown.objects.in_force_for(self).exists():
            raise TakenDownError(
                _("“%(title)s” was taken down. Lift the take-down before publishing it.")
                % {"title": self.title}
            )
        super().publish(revision, *args, **kwargs)


class TakeDownQuerySet(models.QuerySet["TakeDown"]):
    def in_force(self) -> "TakeDownQuerySet":
        return self.filter(lifted_at=None)

    def in_force_for(self, subject: models.Model) -> "TakeDownQuerySet":
        return self.in_force().filter(
            content_type=ContentType.objects.get_for_model(subject), object_id=subject.pk
        )


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
    public_revision = models.ForeignKey(
        "wagtailcore.Revision",
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("What was public when it was taken down, and is again once that is lifted."),
    )
    created_at = models.DateTimeField(auto_now_add=True)
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True, blank=True)

    objects = TakeDownQuerySet.as_manager()

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


class WantedGuide(models.Model):
    """What shoppers searched and did not find, put to merchants by an editor: whoever knows it
    writes the guide. It is met once one of its answers is public."""

    query = models.CharField(max_length=200, help_text=_("The search that found nothing."))
    title = models.CharField(_("what shoppers look for"), max_length=200)
    category = models.ForeignKey(
        "products.Category",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Merchants with products below it are asked; all of them where it is empty."),
    )
    note = models.TextField(_("note"), blank=True)
    answers = models.ManyToManyField(GuidePage, blank=True, related_name="wanted_by")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.title
