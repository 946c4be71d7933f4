from django.db import transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from wagtail.models import Page

from accounts.models import User
from accounts.services import notify_many
from media_pipeline.models import Video
from products.models import Product
from selection import rules
from selection.choices import EntryState
from selection.errors import EntryRefusedError
from selection.locking import hold_round_alone
from selection.models import Entry, LedgerLine, Round
from selection.signals import entry_changed


@transaction.atomic
def enter_round(
    *, round: Round, product: Product, video: Video, user: User, guide: Page | None = None
) -> Entry:
    """Put a product up for audition, spoken for by a video (and a guide) of the same merchant."""
    hold_round_alone(round.pk)
    locked = Round.objects.get(pk=round.pk)
    if not rules.may_enter(locked):
        raise EntryRefusedError(_("This round takes no more entries. Choose one that is open."))
    _check_product(product=product, round=locked, user=user)
    _check_material(product=product, video=video, guide=guide)
    entry = _entry_to_fill(round=locked, product=product)
    entry.video = video
    entry.guide = guide
    entry.entered_by = user
    entry.state = EntryState.ENTERED
    entry.save()
    entry_changed.send(sender=Entry, entry=entry)
    return entry


@transaction.atomic
def withdraw_entry(*, entry: Entry, user: User) -> Entry:
    """The merchant takes its product out, until the round ends. Votes stay in the ledger."""
    locked = _locked_entry(entry)
    if not _is_member(user, locked.product):
        raise EntryRefusedError(_("Only members of the merchant can withdraw its entry."))
    if not rules.may_withdraw(locked.round):
        raise EntryRefusedError(_("The round has ended, so its entries stand."))
    if locked.state == EntryState.SET_ASIDE:
        raise EntryRefusedError(_("An editor has set this entry aside already."))
    locked.state = EntryState.WITHDRAWN
    locked.save(update_fields=["state"])
    entry_changed.send(sender=Entry, entry=locked)
    return locked


@transaction.atomic
def set_entry_aside(*, entry: Entry, editor: User, reason: str) -> Entry:
    """An editor takes an entry out of the count, for a reason that anyone may read. Nothing else
    about the order of a round can be changed by hand."""
    if not reason.strip():
        raise EntryRefusedError(_("Say why: the reason is published beside the entry."))
    locked = _locked_entry(entry)
    if locked.round.closed_at:
        raise EntryRefusedError(_("The round is closed and its result is written."))
    if locked.state == EntryState.SET_ASIDE:
        return locked
    locked.state = EntryState.SET_ASIDE
    locked.reason = reason.strip()
    locked.set_aside_by = editor
    locked.save(update_fields=["state", "reason", "set_aside_by"])
    _tell_merchant_set_aside(locked)
    entry_changed.send(sender=Entry, entry=locked)
    return locked


def _check_product(*, product: Product, round: Round, user: User) -> None:
    if not _is_member(user, product):
        raise EntryRefusedError(_("You can only enter products of a merchant you are a member of."))
    if not Product.objects.public().filter(pk=product.pk).exists():
        raise EntryRefusedError(
            _("Shoppers can't see this product yet. List it first, then enter it.")
        )
    if not rules.is_in_category(product.category, round):
        raise EntryRefusedError(
            _("This round is for “%(category)s”. Choose a product of that category.")
            % {"category": round.category}
        )


def _check_material(*, product: Product, video: Video, guide: Page | None) -> None:
    if video.merchant_id != product.merchant_id:
        raise EntryRefusedError(_("The video must be one of the same merchant's."))
    if not Video.objects.public().filter(pk=video.pk).exists():
        raise EntryRefusedError(
            _("This video isn't public yet. Submit it, and enter once an editor approved it.")
        )
    if guide is None:
        return
    if getattr(guide.specific, "merchant_id", None) != product.merchant_id:
        raise EntryRefusedError(_("The guide must be one of the same merchant's."))
    if not guide.live:
        raise EntryRefusedError(
            _("This guide isn't public yet. Submit it, and add it once an editor approved it.")
        )


def _tell_merchant_set_aside(entry: Entry) -> None:
    subject = _("%(product)s was set aside in an audition") % {
        "product": Truncator(entry.product.title).chars(100)
    }
    notify_many(
        users=User.objects.filter(memberships__merchant=entry.product.merchant_id),
        subject=subject,
        body=f"{entry.round.title}: {entry.reason}",
        url=entry.get_report_url(),
    )


def _entry_to_fill(*, round: Round, product: Product) -> Entry:
    """A new entry, or the withdrawn one if nobody has voted on it yet: votes that were given to
    one video must not speak for another."""
    entry = Entry.objects.filter(round=round, product=product).first()
    if entry is None:
        return Entry(round=round, product=product)
    if entry.state == EntryState.ENTERED:
        raise EntryRefusedError(_("This product is in the round already."))
    if entry.state == EntryState.SET_ASIDE:
        raise EntryRefusedError(_("An editor has set this product aside in this round."))
    if LedgerLine.objects.filter(entry=entry).exists():
        raise EntryRefusedError(
            _("This product was withdrawn after shoppers had voted. Enter it in the next round.")
        )
    return entry


def _locked_entry(entry: Entry) -> Entry:
    """The entry as it is now, its round held: votes, entries and the count wait their turn."""
    hold_round_alone(entry.round_id)
    return Entry.objects.select_related("round", "product__merchant").get(pk=entry.pk)


def _is_member(user: User, product: Product) -> bool:
    return product.merchant.memberships.filter(user=user).exists()
