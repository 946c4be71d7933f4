"""Rounds and their entries, as shoppers and merchants see them."""

from django.db.models import Case, Count, Exists, OuterRef, Prefetch, Q, QuerySet, When
from django.utils import timezone
from wagtail.models import Page

from accounts.models import User
from merchants.models import Merchant
from products.models import Product
from selection import exposure
from selection.choices import EntryState
from selection.models import Entry, EntryQuerySet, Round, Vote


def open_rounds() -> QuerySet[Round]:
    """Rounds that take votes now, the next to close first, each with `entry_count`."""
    return _with_entry_count(Round.objects.open()).order_by("closes_at", "pk")


def rounds_for_listing() -> QuerySet[Round]:
    """All rounds, each with `entry_count`: open ones first, the next to close before the others;
    then those to come; then the past, the latest first."""
    now = timezone.now()
    return (
        _with_entry_count(Round.objects.all())
        .annotate(
            is_open=Q(opens_at__lte=now, closes_at__gt=now, closed_at=None),
            is_upcoming=Q(opens_at__gt=now, closed_at=None),
        )
        .order_by(
            "-is_open",
            "-is_upcoming",
            Case(When(Q(is_open=True) | Q(is_upcoming=True), then="closes_at")),
            "-closes_at",
            "-pk",
        )
    )


def rounds_to_enter(merchant: Merchant) -> QuerySet[Round]:
    """Rounds that still take entries and for which this merchant has a product that is public."""
    now = timezone.now()
    fitting = Product.objects.public().filter(
        merchant=merchant, category__path__startswith=OuterRef("category__path")
    )
    return (
        Round.objects.filter(Exists(fitting), closed_at=None, closes_at__gt=now)
        .select_related("category")
        .order_by("closes_at", "pk")
    )


def entries_for(round: Round, viewer: str) -> list[Entry]:
    """What shoppers may see of a round, in this viewer's own order (selection/exposure.py says
    what `viewer` is), with all that a card shows. The order tells nothing of how it stands."""
    entries = {
        entry.pk: entry
        for entry in _with_card(Entry.objects.visible()).filter(round=round).order_by("pk")
    }
    order = exposure.personal_order(seed=round.seed, viewer=viewer, entry_ids=entries)
    return [entries[pk] for pk in order]


def entry_for_page(round_slug: str, entry_id: int) -> Entry | None:
    """One entry that shoppers may see, with all that its page shows."""
    return _with_card(Entry.objects.visible()).filter(round__slug=round_slug, pk=entry_id).first()


def entries_of(merchant: Merchant) -> QuerySet[Entry]:
    """A merchant's own entries, whatever became of them, latest first."""
    return (
        _with_card(Entry.objects.all())
        .filter(product__merchant=merchant)
        .order_by("-created_at", "-pk")
    )


def eligible_products(round: Round, merchant: Merchant) -> QuerySet[Product]:
    """What this merchant could enter: public, in the round's category or below it, and not in
    the round yet."""
    entered = Entry.objects.filter(round=round).exclude(state=EntryState.WITHDRAWN)
    return (
        Product.objects.public()
        .filter(merchant=merchant, category__path__startswith=round.category.path)
        .exclude(pk__in=entered.values("product"))
        .select_related("category")
        .order_by("title", "pk")
    )


def votes_by(user: User, round: Round) -> dict[int, Vote]:
    """Where this shopper stands in this round, by entry."""
    return {vote.entry_id: vote for vote in Vote.objects.filter(round=round, shopper=user)}


def votes_of(user: User) -> QuerySet[Vote]:
    """Everywhere this shopper stands, the latest first, with entries that can be shown."""
    return (
        Vote.objects.filter(shopper=user)
        .select_related("round", "entry__round", "entry__product__merchant")
        .order_by("-updated_at", "-pk")
    )


def _with_entry_count(rounds: QuerySet[Round]) -> QuerySet[Round]:
    visible = Entry.objects.visible()
    return rounds.select_related("category").annotate(
        entry_count=Count("entries", filter=Q(entries__in=visible), distinct=True)
    )


def _with_card(entries: EntryQuerySet) -> EntryQuerySet:
    """With everything an entry's card or page reads, in a fixed number of queries."""
    return entries.select_related(
        "round__category",
        "product__merchant",
        "product__category",
        "video__poster",
        "video__source__poster",
    ).prefetch_related(
        "product__pictures__picture",
        # A guide that was withdrawn or taken down is as good as none.
        Prefetch("guide", queryset=Page.objects.live()),
    )
