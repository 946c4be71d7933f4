from collections.abc import Callable, Iterator
from typing import BinaryIO

from products.choices import FeedFormat
from products.feeds.google_tsv import read_google_tsv
from products.feeds.google_xml import read_google_xml
from products.feeds.items import FeedLine
from products.feeds.json_lines import read_json_lines

_READERS: dict[str, Callable[[BinaryIO], Iterator[FeedLine]]] = {
    FeedFormat.GOOGLE_TSV: read_google_tsv,
    FeedFormat.GOOGLE_XML: read_google_xml,
    FeedFormat.JSON_LINES: read_json_lines,
}


def read_feed(stream: BinaryIO, feed_format: str) -> Iterator[FeedLine]:
    """Every record of a feed of this format, in order. `stream` is unpacked already."""
    return _READERS[feed_format](stream)
