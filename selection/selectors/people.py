"""Whom to tell."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import QuerySet

from accounts.models import User
from merchants.models import Membership
from selection.models import Round, Vote


def voters_in(round: Round) -> QuerySet[User]:
    """Everyone who stands on an entry of this round, once."""
    return User.objects.filter(pk__in=Vote.objects.filter(round=round).values("shopper"))


def member_ids_by_merchant(merchant_ids: Iterable[int]) -> dict[int, list[int]]:
    members: dict[int, list[int]] = defaultdict(list)
    rows = Membership.objects.filter(merchant__in=list(merchant_ids)).order_by("pk")
    for merchant_id, user_id in rows.values_list("merchant_id", "user_id"):
        members[merchant_id].append(user_id)
    return members
