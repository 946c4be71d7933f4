"""How documents lie in Elasticsearch. Words are analysed before they get here (analysis.py), so
that the mapping needs nothing but the server's core: the 'whitespace' analyzer. It is the same
on the stock distribution and on the small build that tests run."""

from typing import Any

from django.conf import settings
from django.utils.dateparse import parse_datetime

from search import ranking
from search.documents import Document
from search.engines.base import Hit
from search.indexing import terms_of
from search.matching import Words
from search.snippets import marked, snippet

SEPARATOR = "\u001f"
"""Between the two halves of a keyword that holds a pair."""
SHOWN_AFTER = "1s"
"""How long what is written may take to be found."""
_TERMS = {"type": "text", "analyzer": "whitespace"}
_KEYWORD = {"type": "keyword", "ignore_above": 512}

MAPPINGS: dict[str, Any] = {
    "dynamic": "strict",
    "properties": {
        "title_terms": _TERMS,
        "keyword_terms": _TERMS,
        "summary_terms": _TERMS,
        "body_terms": _TERMS,
        "heads": _KEYWORD,
        "is_accessory": {"type": "boolean"},
        "title_words": {
            **_TERMS,
            "index_prefixes": {"min_chars": 1, "max_chars": 10},
        },
        "title_length": {"type": "short"},
        "kind": _KEYWORD,
        "object_id": {"type": "long"},
        "categories": _KEYWORD,
        "brand": _KEYWORD,
        "merchant_slug": _KEYWORD,
        "merchant": _KEYWORD,
        "attributes": _KEYWORD,
        "price": {"type": "double"},
        "has_video": {"type": "boolean"},
        "selected": {"type": "boolean"},
        "score": {"type": "float"},
        "published_at": {"type": "date"},
        "merchant_since": {"type": "date"},
        "fingerprint": {"type": "keyword", "index": False},
        # What a page shows of a hit; not searched.
        "shown": {"type": "object", "enabled": False},
    },
}


def template(prefix: str) -> dict[str, Any]:
    """The template of every index of ours. None comes into being by a write to its name: one
    that did would have the wrong mapping."""
    return {
        "index_patterns": [f"{prefix}-*"],
        "allow_auto_create": False,
        "priority": 500,
        "template": {
            "settings": {
                "number_of_shards": settings.ELASTICSEARCH_SHARDS,
                **_copies(settings.ELASTICSEARCH_REPLICAS),
                "refresh_interval": SHOWN_AFTER,
                # Remembers for as long that a document was deleted, and refuses older writes.
                "gc_deletes": "10m",
                "similarity": {"default": {"type": "BM25", "b": ranking.LENGTH}},
            },
            "mappings": MAPPINGS,
        },
    }


def _copies(wanted: str) -> dict[str, str | int]:
    """The setting for "2", always two copies beside the original, or "0-1": one as soon as a
    second node is there to hold it."""
    return (
        {"auto_expand_replicas": wanted} if "-" in wanted else {"number_of_replicas": int(wanted)}
    )


def index_name(kind: str) -> str:
    """The alias under which a kind is read and written."""
    return f"{settings.ELASTICSEARCH_INDEX_PREFIX}-{kind}"


def source_of(document: Document) -> dict[str, Any]:
    """A document as it is sent."""
    terms = terms_of(document)
    return {
        "title_terms": terms.title,
        "keyword_terms": terms.keywords,
        "summary_terms": terms.summary,
        "body_terms": terms.body,
        "heads": terms.head.split(),
        "is_accessory": terms.is_accessory,
        "title_words": terms.title_words,
        "title_length": min(len(document.title), 32_767),
        "kind": document.kind,
        "object_id": document.object_id,
        "categories": list(document.category_path),
        "brand": document.brand or None,
        "merchant_slug": document.merchant_slug or None,
        "merchant": pair(document.merchant_slug, document.merchant)
        if document.merchant_slug
        else None,
        "attributes": [pair(key, value) for key, value in document.attributes.items()],
        "price": document.price,
        "has_video": document.has_video,
        "selected": document.selected,
        "score": document.score,
        "published_at": document.published_at,
        "merchant_since": document.merchant_since,
        "fingerprint": document.fingerprint,
        "shown": {
            "title": document.title,
            "url": document.url,
            "reference": document.reference,
            "summary": document.summary,
            "body": document.body,
            "merchant": document.merchant,
            "currency": document.currency,
            "picture_url": document.picture_url,
        },
    }


SHOWN = [
    *("kind", "object_id", "categories", "brand", "merchant_slug", "price", "has_video"),
    *("selected", "score", "published_at", "shown"),
]


def hit_of(source: dict[str, Any], words: Words, *, relevance: float) -> Hit:
    """A hit from the SHOWN fields of a document."""
    shown = source["shown"]
    return Hit(
        kind=source["kind"],
        object_id=source["object_id"],
        title=shown["title"],
        url=shown["url"],
        reference=shown["reference"],
        summary=shown["summary"],
        category_path=tuple(source["categories"]),
        brand=source["brand"] or "",
        merchant=shown["merchant"],
        merchant_slug=source["merchant_slug"] or "",
        price=source["price"],
        currency=shown["currency"],
        picture_url=shown["picture_url"],
        has_video=source["has_video"],
        selected=source["selected"],
        score=source["score"],
        published_at=parse_datetime(source["published_at"]) if source["published_at"] else None,
        relevance=relevance,
        title_html=marked(shown["title"], words.terms),
        snippet_html=snippet((shown["summary"], shown["body"]), words.terms),
    )


def pair(left: str, right: str) -> str:
    """Two values as one keyword."""
    return f"{left}{SEPARATOR}{right}"
