"""HTTP byte ranges (RFC 9110, section 14): one at a time, which is what players ask for."""

import re
from dataclasses import dataclass

_ONE_RANGE = re.compile(r"bytes=(\d*)-(\d*)")


class UnsatisfiableRangeError(Exception):
    """None of the bytes asked for exist."""


@dataclass(frozen=True, slots=True)
class ByteRange:
    start: int
    length: int

    def content_range(self, size: int) -> str:
        return f"bytes {self.start}-{self.start + self.length - 1}/{size}"


def parse_range(header: str, size: int) -> ByteRange | None:
    """The range asked for of a file of `size` bytes; None for the whole file, which is also the
    answer to several ranges, other units and nonsense. Raises UnsatisfiableRangeError."""
    match = _ONE_RANGE.fullmatch(header.replace(" ", ""))
    if not match or not (match[1] or match[2]):
        return None
    if match[1]:
        start = int(match[1])
        end = min(int(match[2]), size - 1) if match[2] else size - 1
        if match[2] and int(match[2]) < start:
            return None
    else:
        start, end = max(0, size - int(match[2])), size - 1
    if start >= size or end < start:
        raise UnsatisfiableRangeError(header)
    return ByteRange(start, end - start + 1)
