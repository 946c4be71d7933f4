"""Every read of this app that is more than one line."""

from cms.selectors.guides import (
    guide_index_page,
    guides_of,
    guides_showing,
    home_page,
    is_in_public_guide,
    public_guides,
    versions_of,
)
from cms.selectors.merchants import applications, merchants_for_editors
from cms.selectors.queue import QueueItem, held_videos, moderation_queue, queue_counts
from cms.selectors.reviews import Review, Subject, review_of, reviews_of
from cms.selectors.rounds import entries_for_editors, rounds_for_editors
from cms.selectors.take_downs import take_downs
from cms.selectors.wanted import wanted_for, wanted_guides

__all__ = [
    "QueueItem",
    "Review",
    "Subject",
    "applications",
    "entries_for_editors",
    "guide_index_page",
    "guides_of",
    "guides_showing",
    "held_videos",
    "home_page",
    "is_in_public_guide",
    "merchants_for_editors",
    "moderation_queue",
    "public_guides",
    "queue_counts",
    "review_of",
    "reviews_of",
    "rounds_for_editors",
    "take_downs",
    "versions_of",
    "wanted_for",
    "wanted_guides",
]
