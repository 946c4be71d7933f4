"""How a round stands, counted twice. For the close and for audits; never for a page."""

from django.db.models import Count, Max, Q

from selection.choices import Choice, LedgerMark
from selection.models import LedgerLine, Round, Vote
from selection.ranking import Tally


def count_votes(round: Round) -> dict[int, Tally]:
    """By entry, from where shoppers stand now. Entries without votes are left out."""
    rows = (
        Vote.objects.filter(round=round)
        .values("entry_id")
        .annotate(
            yes=Count("pk", filter=Q(choice=Choice.YES)),
            no=Count("pk", filter=Q(choice=Choice.NO)),
        )
    )
    return {row["entry_id"]: Tally(**row) for row in rows}


def recount_ledger(round: Round) -> dict[int, Tally]:
    """The same from the ledger alone: the last line of each shopper and entry counts."""
    lines = LedgerLine.objects.filter(round=round).order_by()
    last = lines.values("entry_id", "shopper_id").annotate(last=Max("pk")).values("last")
    rows = (
        lines.filter(pk__in=last)
        .exclude(mark=LedgerMark.TAKEN_BACK)
        .values("entry_id")
        .annotate(
            yes=Count("pk", filter=Q(mark=LedgerMark.YES)),
            no=Count("pk", filter=Q(mark=LedgerMark.NO)),
        )
    )
    return {row["entry_id"]: Tally(**row) for row in rows}
