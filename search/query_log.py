"""What people search, counted by day and query, with nothing in it that leads back to anyone.

Queries that mean the same to search (`query_key`) are one. A visitor is counted once a day for
each: what tells them apart is a keyed hash of visitor, day and query, which a cache holds for
that day and no table ever does. What shoppers and merchants are shown was searched by several
people on one day, so that nobody reads there what one person typed.
"""

import re
from collections import Counter
from collections.abc import Iterable
from datetime import timedelta
from typing import Any, TypedDict, cast

from django.core.cache import cache
from django.db import transaction
from django.db.models import F, Max, QuerySet, Sum
from django.utils import timezone
from django.utils.crypto import salted_hmac

from search.analysis import index_words
from search.curation import query_key
from search.models import SearchCount

ENOUGH_VISITORS = 3
"""On one day, for a query to be shown to others than editors."""
KEPT_DAYS = 90
MOST_A_DAY = 20_000
"""Different queries counted on one day; a robot that makes up more fills no disk."""
_LONGEST = 200  # characters
# What a query is shown as to others: its words, and what holds the parts of one together.
_SAID = re.compile(r"\w+(?:[-.,/'\u2019&+]\w+)*[\"\u2033+]?")
_SEEN_FOR = 26 * 60 * 60  # seconds: a day, whatever the clocks do


class Row(TypedDict):
    """A query of the last days, all its days together."""

    key: str
    shown: str
    asked: int
    people: int
    """Of each day, added up: who came on two days counts twice."""
    most_people: int
    """On one day."""
    not_found: int


def tidy(text: str) -> str:
    """A query as it is kept and shown: in lower case, without what isn't a word of it."""
    return " ".join(_SAID.findall(text.casefold()))[:_LONGEST]


def is_counted(text: str) -> bool:
    """Whether the log takes it: it has words, and is not somebody's address."""
    return "@" not in text and bool(query_key(text))


def visitor_token(*, text: str, visitor: str) -> str:
    """The same for one visitor and query all day, and useless for anything else; empty where
    nothing tells who it is."""
    if not visitor:
        return ""
    said = f"{timezone.localdate()}\n{query_key(text)}\n{visitor}"
    return salted_hmac("search.query_log", said, algorithm="sha256").hexdigest()


@transaction.atomic
def count(*, text: str, exact: bool, token: str) -> None:
    """Add one search to today's row of its query."""
    if not is_counted(text):
        return
    today, key = timezone.localdate(), query_key(text)
    row = SearchCount.objects.filter(day=today, key=key)
    if not row.exists():
        if SearchCount.objects.filter(day=today).count() >= MOST_A_DAY:
            return
        texts = {"text": tidy(text), "words": _words(text)}
        SearchCount.objects.get_or_create(day=today, key=key, defaults=texts)
    row.update(
        searches=F("searches") + 1,
        visitors=F("visitors") + int(_is_new(token)),
        misses=F("misses") + int(not exact),
    )


def forget_old() -> int:
    """Remove what is older than KEPT_DAYS; returns how many rows."""
    oldest = timezone.localdate() - timedelta(days=KEPT_DAYS)
    return SearchCount.objects.filter(day__lt=oldest).delete()[0]


def searches_since(days: int, *, missed: bool = False) -> "QuerySet[Any, Row]":
    """The queries of the last days, the most searched first; or those that found nothing exact,
    the most missed first."""
    oldest = timezone.localdate() - timedelta(days=days)
    found = _by_query(SearchCount.objects.filter(day__gt=oldest))
    if missed:
        return found.filter(not_found__gt=0).order_by("-not_found", "-asked", "key")
    return found.order_by("-asked", "key")


def is_shown_to_others(text: str) -> bool:
    """Whether so many people searched this that others may read it."""
    return SearchCount.objects.filter(key=query_key(text), visitors__gte=ENOUGH_VISITORS).exists()


def past_queries(typed: str | Iterable[str], limit: int) -> list[str]:
    """What people searched that goes on from what is typed (a text, or its words), the most
    searched first. Only what several people searched and mostly found."""
    words = _words(typed if isinstance(typed, str) else " ".join(typed))
    if not words:
        return []
    rows = SearchCount.objects.filter(
        visitors__gte=ENOUGH_VISITORS, words__startswith=words
    ).exclude(words=words)
    # Added up here: to group them the database would go through the whole table.
    asked, missed, said = Counter[str](), Counter[str](), dict[str, str]()
    for key, text, searches, misses in rows.values_list("key", "text", "searches", "misses"):
        asked[key] += searches
        missed[key] += misses
        said[key] = text
    found = [key for key in asked if asked[key] > 2 * missed[key]]
    return [said[key] for key in sorted(found, key=lambda key: (-asked[key], key))[:limit]]


def _by_query(rows: "QuerySet[SearchCount]") -> "QuerySet[Any, Row]":
    found = rows.values("key").annotate(
        shown=Max("text"),
        asked=Sum("searches"),
        people=Sum("visitors"),
        most_people=Max("visitors"),
        not_found=Sum("misses"),
    )
    return cast("QuerySet[Any, Row]", found)


def _words(text: str) -> str:
    return " ".join(index_words(text))[:_LONGEST]


def _is_new(token: str) -> bool:
    """Whether this visitor's first search for it today; the cache alone knows."""
    return bool(token) and cache.add(f"searched:{token}", 1, timeout=_SEEN_FOR)
