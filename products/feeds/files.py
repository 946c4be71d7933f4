"""Feed files as bytes and lines: what they are, gzip, encodings, and lines without an end."""

import gzip
import io
import zlib
from collections.abc import Iterator
from typing import IO, BinaryIO, cast

from django.utils.translation import gettext as _

from products.choices import FeedFormat
from products.errors import FeedUnreadableError

MAX_LINE = 2**20  # characters
MAX_UNPACKED = 4 * 2**30  # bytes
_GZIP = b"\x1f\x8b"
_ZIP = b"PK\x03\x04"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_HEAD = 64 * 1024


class CountedFile(io.RawIOBase):
    """A file that knows how many of its bytes were read: the progress of an import."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]  # stubs: any Buffer
        chunk = self._file.read(len(buffer))
        buffer[: len(chunk)] = chunk
        self.count += len(chunk)
        return len(chunk)


class _Unpacked(io.RawIOBase):
    """Gzip's content, as long as there isn't endlessly much of it."""

    def __init__(self, packed: IO[bytes]) -> None:
        self._content = gzip.GzipFile(fileobj=packed)
        self._count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]  # stubs: any Buffer
        count = self._content.readinto(buffer)
        self._count += count
        if self._count > MAX_UNPACKED:
            raise FeedUnreadableError(
                _("Unpacked, this file is larger than 4 GB. Send it in parts.")
            )
        return count


def unpacked(file: io.RawIOBase) -> BinaryIO:
    """The file's content, unpacked where it is gzip."""
    content = io.BufferedReader(file)
    if content.peek(2).startswith(_GZIP):
        content = io.BufferedReader(_Unpacked(content))
    return cast(BinaryIO, content)


def sniff_format(file: IO[bytes]) -> FeedFormat:
    """What kind of feed this is, by its first bytes; the file is left at its beginning.

    Raises FeedUnreadableError with a sentence that says what to save it as.
    """
    file.seek(0)
    head = _head_of(file)
    file.seek(0)
    text = head.decode("utf-16" if head.startswith(_UTF16) else "utf-8", errors="replace")
    text = text.lstrip("\ufeff \t\r\n")
    if head.startswith(_ZIP):
        raise FeedUnreadableError(
            _("This is a spreadsheet or ZIP file. Save it as tab-separated text (.tsv).")
        )
    if text.startswith("<"):
        return FeedFormat.GOOGLE_XML
    if text.startswith("{"):
        return FeedFormat.JSON_LINES
    header = text.partition("\n")[0]
    if "\t" in header:
        return FeedFormat.GOOGLE_TSV
    if text.startswith("["):
        raise FeedUnreadableError(
            _("This file is one JSON list. Write one object on each line (JSON lines).")
        )
    raise FeedUnreadableError(
        _(
            "This is not a feed we can read. Send Google Merchant Center's format, "
            "tab-separated (.tsv) or XML, or JSON lines."
        )
    )


def _head_of(file: IO[bytes]) -> bytes:
    head = file.read(_HEAD)
    if not head.startswith(_GZIP):
        return head
    unzip = zlib.decompressobj(wbits=31)
    try:
        return unzip.decompress(head, _HEAD)
    except zlib.error as error:
        raise FeedUnreadableError(_("This gzip file is broken. Pack it again.")) from error


def numbered_lines(stream: BinaryIO) -> Iterator[tuple[int, str, str]]:
    """(line number, text, problem) of every line that isn't blank; text is "" where there is
    a problem. Raises FeedUnreadableError where the file is broken."""
    lines = _raw_lines(stream)
    number = 0
    while True:
        try:
            text, too_long = next(lines, (None, False))
        except (EOFError, OSError, zlib.error) as error:
            raise FeedUnreadableError(
                _("The file breaks off or is damaged after line %(line)d. Send it again.")
                % {"line": number}
            ) from error
        if text is None:
            return
        number += 1
        problem = _problem_of(text, too_long)
        if problem:
            yield number, "", problem
        elif text.strip():
            yield number, text.rstrip("\r\n"), ""


def _raw_lines(stream: BinaryIO) -> Iterator[tuple[str | None, bool]]:
    start = cast(io.BufferedReader, stream).peek(2)[:2]
    # Bytes that aren't UTF-8 come through as lone surrogates, by which the one bad line is known.
    encoding, errors = (
        ("utf-16", "replace") if start in _UTF16 else ("utf-8-sig", "surrogateescape")
    )
    reader = io.TextIOWrapper(stream, encoding=encoding, errors=errors, newline="\n")
    while text := reader.readline(MAX_LINE + 1):
        too_long = len(text) > MAX_LINE
        if too_long:
            while (rest := reader.readline(MAX_LINE)) and not rest.endswith("\n"):
                pass
        yield text, too_long


def _problem_of(text: str, too_long: bool) -> str:
    if too_long:
        return _("This line is longer than a million characters.")
    try:
        text.encode()
    except UnicodeEncodeError:
        return _("This line is not UTF-8 text. Save the file as UTF-8.")
    return ""
