"""Every read of this app that is more than one line."""

from cms.selectors.guides import (
    guide_index_page,
    guides_of,
    home_page,
    public_guides,
    versions_of,
)
from cms.selectors.queue import QueueItem, moderation_queue, queue_counts
from cms.selectors.reviews import Review, Subject, review_of, reviews_of

__all__ = [
    "QueueItem",
    "Review",
    "Subject",
    "guide_index_page",
    "guides_of",
    "home_page",
    "moderation_queue",
    "public_guides",
    "queue_counts",
    "review_of",
    "reviews_of",
    "versions_of",
]
