"""The index at the front of a CMAF file (ISO/IEC 14496-12, 8.16.3), one for each track."""

import struct
from typing import BinaryIO

from media_pipeline.packaging.boxes import Box, BrokenFileError, content_of


def references_of(stream: BinaryIO, box: Box) -> list[tuple[int, int]]:
    """(first byte, bytes) in the file of each fragment that it names."""
    data = content_of(stream, box)
    try:
        wide = data[0] == 1
        (first_offset,) = struct.unpack_from(">Q" if wide else ">I", data, 20 if wide else 16)
        at = 28 if wide else 24
        (count,) = struct.unpack_from(">H", data, at + 2)
        sizes = [struct.unpack_from(">I", data, at + 4 + 12 * entry)[0] for entry in range(count)]
    except (struct.error, IndexError) as error:
        raise BrokenFileError("The index can't be read.") from error
    offset, found = box.end + first_offset, []
    for size in sizes:
        if size >> 31:
            raise BrokenFileError("The index points at another index.")
        found.append((offset, size))
        offset += size
    return found
