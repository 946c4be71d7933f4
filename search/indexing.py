"""What of a document is indexed, the same for every engine."""

import re
from dataclasses import dataclass

from search.analysis import index_terms, index_words
from search.documents import Document

MAX_BODY = 50_000
"""Characters of a body that are searched; a long guide has about 20,000."""
HEAD_WORDS = 2
# What follows these says more about the thing, but not what it is.
_QUALIFIED = re.compile(
    r"\b(?:for|with|without|in|and|from|by|to|of|on|at|compatible|including|incl)\b"
    r"|[,;:(|\u2013\u2014/]|\s-\s",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Terms:
    """A document's terms by what they stand in, each separated by spaces."""

    title: str
    head: str
    keywords: str
    body: str
    title_words: str


def terms_of(document: Document) -> Terms:
    """The terms that a document is found by."""
    body = f"{document.summary}\n{document.body[:MAX_BODY]}"
    names = f"{document.keywords}\n{document.brand}\n{document.merchant}"
    return Terms(
        title=" ".join(index_terms(document.title)),
        head=" ".join(head_terms(document)),
        keywords=" ".join(index_terms(names)),
        body=" ".join(index_terms(body)),
        title_words=" ".join(index_words(document.title)),
    )


def head_terms(document: Document) -> list[str]:
    """The terms of the words that say what a thing is: a 'laptop bag' is a bag, an 'adapter for
    laptops' an adapter. In English they are the last ones before whatever qualifies them."""
    found: list[str] = []
    for text in (document.title, document.summary[:200]):
        phrase = _QUALIFIED.split(text, maxsplit=1)[0]
        plain = [word for word in index_terms(phrase) if word.isalpha() and len(word) > 2]
        found += plain[-HEAD_WORDS:]
    return list(dict.fromkeys(found))
