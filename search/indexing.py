"""What of a document is indexed, the same for every engine."""

from dataclasses import dataclass

from search.analysis import index_terms, index_words
from search.documents import Document
from search.heads import heads, is_accessory

MAX_BODY = 50_000
"""Characters of a body that are searched; a long guide has about 20,000."""


@dataclass(frozen=True, slots=True)
class Terms:
    """A document's terms by what they stand in, each separated by spaces."""

    title: str
    head: str
    keywords: str
    summary: str
    body: str
    title_words: str
    is_accessory: bool


def terms_of(document: Document) -> Terms:
    """The terms that a document is found by."""
    names = f"{document.keywords}\n{document.brand}\n{document.merchant}"
    summary = " ".join(index_terms(document.summary))
    # A short description is its own summary.
    same = document.body == document.summary
    return Terms(
        title=" ".join(index_terms(document.title)),
        head=" ".join(dict.fromkeys(heads(document.title) + heads(document.summary[:200]))),
        keywords=" ".join(index_terms(names)),
        summary=summary,
        body=summary if same else " ".join(index_terms(document.body[:MAX_BODY])),
        title_words=" ".join(index_words(document.title)),
        is_accessory=is_accessory(document.title),
    )
