"""What can be searched, in this package's own words. Apps above describe themselves in these
(each in its own documents.py) and register themselves; this app knows none of them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b


@dataclass(frozen=True, slots=True)
class Document:
    """One public thing that can be found. Whatever is not public has no document."""

    kind: str
    object_id: int
    title: str
    url: str
    reference: str = ""
    """What its merchant calls it: the id in its feed."""
    summary: str = ""
    body: str = ""
    keywords: str = ""
    """Words that identify it: brand, numbers, attribute values."""
    category_path: Sequence[str] = ()
    """Slugs from the root category down to its own."""
    brand: str = ""
    merchant: str = ""
    merchant_slug: str = ""
    price: float | None = None
    currency: str = ""
    picture_url: str = ""
    has_video: bool = False
    selected: bool = False
    score: float = 0.0
    """0 to 1: what shoppers chose, once a round is closed."""
    published_at: datetime | None = None
    merchant_since: datetime | None = None
    """When its merchant began to sell here; says how well established it is."""
    attributes: dict[str, str] = field(default_factory=dict)

    @property
    def fingerprint(self) -> str:
        """The same for documents that are the same, 32 characters; an index keeps it, so that
        one that fell behind can be told."""
        return blake2b(repr(self).encode(), digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class DocumentType:
    kind: str
    build: Callable[[Sequence[int]], Iterable[Document]]
    """The documents of those of these ids that are public now."""
    all_ids: Callable[[], Iterator[int]]
    """The ids of everything that might be public, in ascending order."""
    listed: bool = True
    """Whether it is among the results; what is not is only suggested while typing."""


_types: dict[str, DocumentType] = {}


def register(document_type: DocumentType) -> None:
    """Called from an app's `ready`."""
    _types[document_type.kind] = document_type


def document_types() -> dict[str, DocumentType]:
    return dict(_types)
