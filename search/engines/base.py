"""What every engine does, and what it answers with. All share the analysis of words (analysis.py)
and the marking of them (snippets.py), so that they differ in reach and speed, not in meaning."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import ceil
from typing import Protocol

from django.utils.safestring import SafeString

from search.choices import Sort
from search.curation import Curated, Key
from search.documents import DocumentType
from search.query import MAX_PAGE, SearchQuery

ESTABLISHED_AFTER = timedelta(days=180)
"""A merchant that has sold here for this long is established."""
FEW = 5
"""Where fewer results than this have all the words, others come after them on the first page."""
PRICE_BANDS = ("-25", "25-50", "50-100", "100-250", "250-500", "500-1000", "1000-")
FACET_VALUES = 20
"""The most values that a facet lists, the most frequent first."""
FACET_CATEGORIES = 200
"""As many categories: the one chosen is shown with those below it, however rare."""
Progress = Callable[[int], None]
"""Called with the number of documents written since the last call."""


NOT_CURATED = Curated()


def near_wanted(query: SearchQuery, total: int) -> int:
    """How many near results go after so many that have all the words."""
    is_first_page = query.page == 1 and query.sort == Sort.RELEVANCE
    return max(0, query.per_page - total) if is_first_page and total < FEW else 0


class EngineAwayError(Exception):
    """The engine can't answer now; another may."""


class IndexMissingError(EngineAwayError):
    """The engine is there but was never filled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One thing found. The two `_html` fields are escaped, with the words sought in `<mark>`."""

    kind: str
    object_id: int
    title: str
    url: str
    reference: str
    summary: str
    category_path: tuple[str, ...]
    brand: str
    merchant: str
    merchant_slug: str
    price: float | None
    currency: str
    picture_url: str
    has_video: bool
    selected: bool
    score: float
    published_at: datetime | None
    title_html: SafeString
    snippet_html: SafeString
    relevance: float = field(compare=False)
    """What results are ordered by (ranking.py); 0 where they are ordered by something else."""

    @property
    def key(self) -> Key:
        return self.kind, self.object_id


@dataclass(frozen=True, slots=True)
class FacetValue:
    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of one property among what was found, counted as if this facet's own filter
    were not set: each count is what choosing that value instead would show.

    Names: kind, category, brand, merchant, price, has_video, selected, standing,
    attr.<key>. A category's
    label is its slug: search knows no names of categories.
    """

    name: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    hits: tuple[Hit, ...]
    total: int
    facets: tuple[Facet, ...] = ()
    reduced: bool = False
    """Answered by the database because the search engine is away."""
    near: tuple[Hit, ...] = ()
    """Where few have all the words: others that have some, best first. They are not counted."""
    nearest: bool = False
    """Nothing has all the words; these have some of them, or words spelt like them."""
    nothing: bool = False
    """Nothing has any of the words; this is what there is without them."""
    suggestion: str = ""
    """The words as they are probably spelt, where that differs from what was typed."""
    corrected: bool = False
    """The hits are for `suggestion`, not for the words as typed."""

    def page_count(self, per_page: int) -> int:
        """How many pages can be asked for."""
        return min(MAX_PAGE, ceil(self.total / per_page))


@dataclass(frozen=True, slots=True)
class Suggestion:
    text: str
    url: str
    kind: str
    picture_url: str


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that a result's place comes from. `name` is a key of ranking.PARTS."""

    name: str
    factor: float
    """What it adds to 1 in ranking.py's formula, 0 where it doesn't hold; for the words
    themselves their own measure, and for an accessory what that is multiplied by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why a result stands where it does."""

    hit: Hit
    place: int
    """Among the results for these words and filters, from 1."""
    total: int
    relevance: float
    """What results are ordered by; highest first."""
    parts: tuple[Part, ...]
    pinned: bool = False
    buried: bool = False


class Engine(Protocol):
    name: str
    """As stored in the outbox."""

    def search(self, query: SearchQuery, curated: Curated = NOT_CURATED) -> Results: ...

    def suggest(self, text: str, *, kinds: Sequence[str], limit: int) -> list[Suggestion]:
        """The best of each kind, at most `limit` of each."""

    def similar(
        self, *, kind: str, object_id: int, kinds: Sequence[str], limit: int
    ) -> tuple[Hit, ...]:
        """What has most in common with this one, without it. Nothing where it isn't indexed."""

    def prepare(self, document_types: Iterable[DocumentType]) -> None:
        """Fill what was never filled; nothing to do where all is there."""

    def refresh(self, document_type: DocumentType, object_ids: Sequence[int]) -> None:
        """Make the index say of these objects what the database says now: what is public is
        written, what is not is gone. May run twice, late and side by side with itself: an older
        state never replaces a newer one."""

    def fingerprints(
        self, document_type: DocumentType, *, after: int, limit: int
    ) -> dict[int, str]:
        """Of the next documents in the index, by their ids in ascending order."""

    def fingerprints_of(
        self, document_type: DocumentType, object_ids: Sequence[int]
    ) -> dict[int, str]:
        """Of those of these that are in the index, as they were last written."""

    def rebuild(self, document_type: DocumentType, on_progress: Progress) -> int:
        """Fill a new index beside the live one, then put it in its place in one step. Returns
        the number of documents in it."""
