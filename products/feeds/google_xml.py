import zlib
from collections import deque
from collections.abc import Iterator
from typing import Any, BinaryIO
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser
from django.utils.translation import gettext as _

from products.errors import FeedUnreadableError
from products.feeds.google import item_of
from products.feeds.items import FeedLine

MAX_ITEM = 2**20  # characters
MAX_DEPTH = 20
MAX_UNFINISHED = 4 * 2**20  # bytes without a single tag or text ending in them
_CHUNK = 64 * 1024
_ITEMS = frozenset({"item", "entry"})  # of RSS 2.0, of Atom
_DETAIL = ("section_name", "attribute_name", "attribute_value")


def read_google_xml(stream: BinaryIO) -> Iterator[FeedLine]:
    """Records of an RSS 2.0 or Atom feed with Google's `g:` elements. No tree is built: an
    item's elements are gathered, handed on and forgotten. `line` is where the item begins."""
    items = _Items()
    parser = DefusedXMLParser(target=items)
    items.parser = parser
    unfinished = 0
    while True:
        failure = None
        events = items.events
        try:
            chunk = stream.read(_CHUNK)
            if chunk:
                parser.feed(chunk)
            else:
                parser.close()
        except (ParseError, DefusedXmlException, EOFError, OSError, zlib.error) as error:
            failure = _unreadable(error)
        yield from items.take()
        if failure:
            raise failure
        if not chunk:
            return
        unfinished = 0 if items.events > events else unfinished + len(chunk)
        if unfinished > MAX_UNFINISHED:
            raise FeedUnreadableError(_("A tag in this file never ends."))


class _Items:
    """What the parser calls at each tag and text: gathers the elements of one item at a time."""

    def __init__(self) -> None:
        self.parser: Any = None
        self.events = 0
        self._finished: deque[FeedLine] = deque()
        self._open: list[str] = []
        self._row: dict[str, list[str]] | None = None
        self._item_depth = 0
        self._line = 0
        self._size = 0
        self._text: list[str] = []
        self._detail: dict[str, str] = {}

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.events += 1
        name = _local(tag)
        self._open.append(name)
        if len(self._open) > MAX_DEPTH:
            raise ParseError(_("its tags are nested too deep"))
        self._text = []
        if self._row is None and name in _ITEMS:
            self._row = {}
            self._item_depth = len(self._open)
            self._line = self.parser.parser.CurrentLineNumber
            self._size = 0

    def data(self, text: str) -> None:
        self.events += 1
        if self._row is not None:
            self._size += len(text)
            if self._size <= MAX_ITEM:
                self._text.append(text)

    def end(self, tag: str) -> None:
        self.events += 1
        name = self._open.pop()
        if self._row is None:
            return
        depth = len(self._open) + 1 - self._item_depth
        text = "".join(self._text).strip()
        if depth == 0:
            self._finish(self._row)
        elif depth == 1:
            self._row.setdefault(name, []).append(self._take_detail() or text)
        elif name in _DETAIL:
            self._detail[name] = text
        self._text = []

    def close(self) -> None:
        """Nothing is kept."""

    def take(self) -> Iterator[FeedLine]:
        while self._finished:
            yield self._finished.popleft()

    def _finish(self, row: dict[str, list[str]]) -> None:
        self._row = None
        if self._size > MAX_ITEM:
            problem = _("This product has more than a million characters.")
            self._finished.append(FeedLine(self._line, problem=problem))
        else:
            self._finished.append(item_of(self._line, row))

    def _take_detail(self) -> str:
        """A product_detail's three elements, written as in tab-separated feeds."""
        if not self._detail:
            return ""
        section, name, value = (self._detail.get(part, "") for part in _DETAIL)
        self._detail = {}
        return f"{section.replace(':', ' ')}:{name.replace(':', ' ')}:{value}"


def _local(tag: str) -> str:
    """The name without its namespace: feeds mix g: elements with RSS's or Atom's own."""
    return tag.rpartition("}")[2]


def _unreadable(error: Exception) -> FeedUnreadableError:
    if isinstance(error, DefusedXmlException):
        return FeedUnreadableError(
            _("This XML declares entities, which feeds don't need. Remove the DOCTYPE.")
        )
    if isinstance(error, ParseError):
        return FeedUnreadableError(
            _("This XML can't be read any further: %(error)s.") % {"error": error}
        )
    return FeedUnreadableError(_("The file breaks off or is damaged. Send it again."))
