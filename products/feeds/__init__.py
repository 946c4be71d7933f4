"""Product feeds, read as streams: memory stays flat however long the file is.

`read_feed` yields one FeedLine for each record, good or bad; a bad one never stops the rest.
FeedUnreadableError is raised where the file stops being a feed at all.
"""

from products.feeds.files import sniff_format
from products.feeds.items import FeedItem, FeedLine
from products.feeds.reader import read_feed

__all__ = ["FeedItem", "FeedLine", "read_feed", "sniff_format"]
