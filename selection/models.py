import secrets
import uuid
from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from media_pipeline.models import Video
from products.models import Product
from selection.choices import Choice, EntryState, LedgerMark, RoundState


def new_seed() -> str:
    return secrets.token_hex(16)


class RoundQuerySet(models.QuerySet["Round"]):
    def open(self) -> "RoundQuerySet":
        now = timezone.now()
        return self.filter(opens_at__lte=now, closes_at__gt=now, closed_at=None)

    def upcoming(self) -> "RoundQuerySet":
        return self.filter(opens_at__gt=timezone.now(), closed_at=None)

    def closed(self) -> "RoundQuerySet":
        return self.exclude(closed_at=None)

    def due(self) -> "RoundQuerySet":
        """Past their end and not yet counted."""
        return self.filter(closes_at__lte=timezone.now(), closed_at=None)


class Round(models.Model):
    """An audition: products of one category, shown to shoppers, who say which get sold."""

    title = models.CharField(_("title"), max_length=150)
    slug = models.SlugField(max_length=100, unique=True)
    category = models.ForeignKey(
        "products.Category", on_delete=models.PROTECT, related_name="rounds"
    )
    introduction = models.TextField(_("introduction"), blank=True)
    opens_at = models.DateTimeField(_("opens"))
    closes_at = models.DateTimeField(_("closes"))
    seats = models.PositiveSmallIntegerField(_("how many will be selected"), default=3)
    seed = models.CharField(
        max_length=32, default=new_seed, editable=False, help_text=_("Of each shopper's order.")
    )
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        ordering = ["-opens_at"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes_at__gt=models.F("opens_at")),
                name="closes_after_opening",
                violation_error_message=_("A round must close after it opens."),
            ),
            models.CheckConstraint(
                condition=models.Q(seats__gte=1),
                name="at_least_one_seat",
                violation_error_message=_("At least one entry must be selected."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("storefront:audition", args=[self.slug])

    @property
    def state(self) -> RoundState:
        now = timezone.now()
        if self.closed_at:
            return RoundState.CLOSED
        if now < self.opens_at:
            return RoundState.ANNOUNCED
        return RoundState.OPEN if now < self.closes_at else RoundState.COUNTING


class EntryQuerySet(models.QuerySet["Entry"]):
    def visible(self) -> "EntryQuerySet":
        """What shoppers are shown and may vote on: standing, its product and its video public."""
        return self.filter(
            state=EntryState.ENTERED,
            product__in=Product.objects.public(),
            video__in=Video.objects.public(),
        )


class Entry(models.Model):
    """A product in a round, with the video that speaks for it."""

    # Once votes were cast, round and entry stay: the ledger protects them (see LedgerLine).
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="entries")
    product = models.ForeignKey(
        "products.Product", on_delete=models.CASCADE, related_name="entries"
    )
    video = models.ForeignKey(
        "media_pipeline.Video", on_delete=models.PROTECT, related_name="entries"
    )
    guide = models.ForeignKey(
        "wagtailcore.Page", null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    state = models.CharField(max_length=10, choices=EntryState.choices, default=EntryState.ENTERED)
    reason = models.TextField(
        _("reason"), blank=True, help_text=_("Why an editor set it aside; anyone may read it.")
    )
    set_aside_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]
        verbose_name_plural = _("entries")
        constraints = [
            models.UniqueConstraint(fields=["round", "product"], name="one_entry_per_product")
        ]

    def __str__(self) -> str:
        return f"{self.product} · {self.round}"

    def get_absolute_url(self) -> str:
        return reverse("storefront:entry", args=[self.round.slug, self.pk])

    def get_report_url(self) -> str:
        """Where its merchant's members read how it came out."""
        return reverse("workbench:entry", args=[self.product.merchant.slug, self.pk])


class Vote(models.Model):
    """Where a shopper stands on an entry now. The database keeps it to one."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="votes")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="votes")
    # A person who deletes the account goes; what was counted stays as it was.
    shopper = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="votes"
    )
    choice = models.CharField(max_length=3, choices=Choice.choices)
    comment = models.CharField(_("what would you tell the merchant?"), max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["round", "entry", "shopper"], name="one_vote_per_shopper_and_entry"
            )
        ]

    def __str__(self) -> str:
        return f"{self.shopper} · {self.entry} · {self.choice}"


class LedgerLine(models.Model):
    """Every vote as it was cast, appended and never changed: what a recount reads.

    The database itself refuses to change or remove a line (selection/append_only.py).
    """

    key = models.UUIDField(
        default=uuid.uuid4, unique=True, help_text=_("A repeated request is written once.")
    )
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="ledger")
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="ledger")
    shopper_id = models.BigIntegerField(help_text=_("A number only: the account may be gone."))
    mark = models.CharField(max_length=10, choices=LedgerMark.choices)
    cast_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["round", "entry", "shopper_id", "id"])]

    def __str__(self) -> str:
        return str(self.key)


class ResultQuerySet(models.QuerySet["Result"]):
    def best_first_of(self, product_ids: Iterable[int]) -> "ResultQuerySet":
        """Results of these products: what was selected first, then the latest round's."""
        return self.filter(entry__product__in=list(product_ids)).order_by(
            "-selected", "-entry__round__closed_at", "rank"
        )


class Result(models.Model):
    """How an entry came out, written once when the round closes."""

    entry = models.OneToOneField(Entry, on_delete=models.CASCADE, related_name="result")
    yes = models.PositiveIntegerField()
    no = models.PositiveIntegerField()
    score = models.FloatField(help_text=_("What it was ranked by; see selection/ranking.py."))
    rank = models.PositiveIntegerField()
    selected = models.BooleanField()

    objects = ResultQuerySet.as_manager()

    class Meta:
        ordering = ["rank"]

    def __str__(self) -> str:
        return f"{self.rank}. {self.entry}"
