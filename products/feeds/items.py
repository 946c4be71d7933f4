from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class FeedItem:
    """A product as a feed describes it: checked and in the form in which it is stored."""

    feed_id: str
    title: str
    brand: str = ""
    gtin: str = ""
    mpn: str = ""
    description: str = ""
    price: Decimal | None = None
    currency: str = "EUR"
    released: date | None = None
    category_path: tuple[str, ...] = ()
    """Names from the general to the special; empty where the feed says nothing."""
    attributes: Mapping[str, object] = field(default_factory=dict)
    extra: Mapping[str, object] = field(default_factory=dict)
    """Columns that mean something only if the category defines an attribute of that name."""
    facts: Mapping[str, object] = field(default_factory=dict)
    """What is kept without being shown: picture addresses, availability."""


@dataclass(frozen=True, slots=True)
class FeedLine:
    """One record of a feed: an item, or what is wrong with it."""

    line: int
    item: FeedItem | None = None
    problem: str = ""


class Problems:
    """Gathers every sentence about one record, so that a merchant mends it in one go."""

    def __init__(self) -> None:
        self._sentences: list[str] = []

    def take(self, check: Callable[[], T], otherwise: T) -> T:
        """What `check` returns; its ValueError becomes a sentence, and `otherwise` is returned."""
        try:
            return check()
        except ValueError as error:
            self._sentences.append(str(error))
            return otherwise

    def __bool__(self) -> bool:
        return bool(self._sentences)

    def __str__(self) -> str:
        return " ".join(self._sentences)
