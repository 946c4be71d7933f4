"""Reading ISO media files (ISO/IEC 14496-12) as far as packaging needs it: which boxes there are,
what the tracks are, and what a fragment says of its samples. Everything that doesn't fit raises
BrokenFileError; nothing is believed that lies outside of the bytes given."""

import os
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

PICTURE, SOUND = b"vide", b"soun"
NOT_A_KEY_FRAME = 0x10000  # sample_is_non_sync_sample
MAX_HEADER = 16 * 2**20  # bytes of a moov or moof that we are ready to hold in memory


class BrokenFileError(Exception):
    """What the encoder left isn't a whole indexed CMAF file."""


@dataclass(frozen=True, slots=True)
class Box:
    kind: bytes
    offset: int
    """First byte of its header, in the file or the bytes it was found in."""
    size: int
    """Bytes, header and all."""
    header: int
    """Bytes of the header."""

    @property
    def end(self) -> int:
        return self.offset + self.size


@dataclass(frozen=True, slots=True)
class Track:
    number: int
    kind: bytes
    """PICTURE, SOUND or another handler's name."""
    timescale: int
    """Ticks a second."""
    codec: str
    """As players want to know it (RFC 6381); empty for what we don't make."""
    width: int
    height: int
    """Pixels; 0 for sound."""
    parameters: bytes
    """The decoder's configuration of a picture: what avcC or av1C holds."""
    sample_rate: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """What one fragment holds of one track."""

    track: int
    start: int
    """Ticks: when the first sample is decoded."""
    durations: tuple[int, ...]
    """Ticks of each sample."""
    sizes: tuple[int, ...]
    """Bytes of each sample."""
    data_offset: int
    """First byte of the samples, counted from the fragment's first."""
    starts_with_key_frame: bool
    key_frames: int
    """How many samples are key frames."""

    @property
    def duration(self) -> int:
        """Ticks."""
        return sum(self.durations)

    @property
    def size(self) -> int:
        """Bytes of all samples."""
        return sum(self.sizes)


def boxes_of(stream: BinaryIO, start: int, end: int) -> Iterator[Box]:
    """The boxes at the top level between two bytes of a file. Raises BrokenFileError where one
    is longer than there are bytes."""
    offset = start
    while offset < end:
        box = box_at(stream, offset)
        if box is None or box.end > end:
            raise BrokenFileError(f"The box at {offset} is longer than the file.")
        yield box
        offset = box.end


def box_at(stream: BinaryIO, offset: int) -> Box | None:
    """The box that begins at that byte of a file; None where too few bytes are there to say."""
    stream.seek(offset)
    head = stream.read(16)
    if len(head) < 8:
        return None
    size, kind = struct.unpack_from(">I4s", head)
    header = 8
    if size == 1:
        if len(head) < 16:
            return None
        (size,), header = struct.unpack_from(">Q", head, 8), 16
    if size < header:
        raise BrokenFileError(f"The box at {offset} has an impossible length.")
    return Box(kind, offset, size, header)


def content_of(stream: BinaryIO, box: Box) -> bytes:
    """What is in a box, without its header. Only for those that hold no media."""
    if box.size > MAX_HEADER:
        raise BrokenFileError(f"The box at {box.offset} is far too large.")
    stream.seek(box.offset + box.header)
    data = stream.read(box.size - box.header)
    if len(data) != box.size - box.header:
        raise BrokenFileError(f"The box at {box.offset} is longer than the file.")
    return data


def size_of(stream: BinaryIO) -> int:
    """Bytes of an open file, as long as it is now."""
    return os.fstat(stream.fileno()).st_size


def tracks_of(moov: bytes) -> list[Track]:
    """The tracks that a moov's content describes."""
    with _complaints("The header"):
        return [_track(content) for kind, content in _inside(moov) if kind == b"trak"]


def runs_of(moof: bytes, header: int = 8) -> list[Run]:
    """What a moof's content says of each track's samples. `header`: bytes of the moof's own."""
    with _complaints("A fragment's header"):
        return [_run(dict(_inside(content))) for kind, content in _inside(moof) if kind == b"traf"]


def sequence_of(moof: bytes) -> int:
    """The number of a fragment."""
    with _complaints("A fragment's header"):
        return int(struct.unpack_from(">I", _child(moof, b"mfhd"), 4)[0])


class _complaints:  # noqa: N801 - used like a function
    """Turns what unpacking and looking up raise into BrokenFileError."""

    def __init__(self, subject: str) -> None:
        self.subject = subject

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, struct.error | KeyError | IndexError):
            raise BrokenFileError(f"{self.subject} can't be read: {error!r}") from error


def _inside(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """(kind, content) of each box in these bytes."""
    offset = 0
    while offset + 8 <= len(data):
        size, kind = struct.unpack_from(">I4s", data, offset)
        if size < 8 or offset + size > len(data):
            raise BrokenFileError(f"A box {kind!r} doesn't fit into the one around it.")
        yield kind, data[offset + 8 : offset + size]
        offset += size


def _child(data: bytes, *path: bytes) -> bytes:
    for kind in path:
        data = dict(_inside(data))[kind]
    return data


def _track(trak: bytes) -> Track:
    tkhd, mdia = _child(trak, b"tkhd"), _child(trak, b"mdia")
    mdhd = _child(mdia, b"mdhd")
    stsd = _child(mdia, b"minf", b"stbl", b"stsd")
    entry_kind, entry = next(_inside(stsd[8:]), (b"", b""))
    kind = _child(mdia, b"hdlr")[8:12]
    parameters = _picture_parameters(entry_kind, entry) if kind == PICTURE else b""
    width, height = struct.unpack_from(">HH", entry, 24) if kind == PICTURE else (0, 0)
    timescale = struct.unpack_from(">I", mdhd, 20 if mdhd[0] == 1 else 12)[0]
    if timescale == 0:
        raise BrokenFileError("A track's clock stands still.")
    return Track(
        number=struct.unpack_from(">I", tkhd, 20 if tkhd[0] == 1 else 12)[0],
        kind=kind,
        timescale=timescale,
        codec=_codec(entry_kind, entry, parameters),
        width=width,
        height=height,
        parameters=parameters,
        sample_rate=struct.unpack_from(">H", entry, 24)[0] if kind == SOUND else 0,
    )


def _codec(kind: bytes, entry: bytes, parameters: bytes) -> str:
    """Profile, constraints and level stand in the decoder's configuration."""
    if kind == b"avc1" and len(parameters) >= 4:
        return f"avc1.{parameters[1:4].hex()}"
    if kind == b"av01" and len(parameters) >= 3:
        return _av1_codec(parameters[1], parameters[2])
    if kind == b"mp4a":
        return _sound_codec(dict(_inside(entry[28:])).get(b"esds", b"")[4:])
    return ""


def _picture_parameters(kind: bytes, entry: bytes) -> bytes:
    inside = dict(_inside(entry[78:]))
    return inside.get({b"avc1": b"avcC", b"av01": b"av1C"}.get(kind, b""), b"")


def _av1_codec(profile_and_level: int, flags: int) -> str:
    """As the AV1 codec's mapping to ISO files writes it (section 5): profile, level and tier,
    bits of depth."""
    tier = "H" if flags & 0x80 else "M"
    depth = (12 if flags & 0x20 else 10) if flags & 0x40 else 8
    return f"av01.{profile_and_level >> 5}.{profile_and_level & 0x1F:02}{tier}.{depth:02}"


def _sound_codec(descriptors: bytes) -> str:
    """From the elementary stream's descriptors (ISO/IEC 14496-1, 7.2.6): the kind of object, and
    for AAC which kind of it."""
    kind, found = 0, _descriptors(descriptors)
    if b := found.get(4):
        kind = b[0]
    config = found.get(5, b"")
    if not kind or not config:
        return ""
    audio_kind = config[0] >> 3
    if audio_kind == 31:  # escape: six more bits
        audio_kind = 32 + ((config[0] & 7) << 3 | config[1] >> 5)
    return f"mp4a.{kind:x}.{audio_kind}"


def _descriptors(data: bytes) -> dict[int, bytes]:
    """Content by tag, those inside of others too."""
    skipped = {3: 3, 4: 13}  # bytes of their own before what is inside of them
    found: dict[int, bytes] = {}
    offset = 0
    while offset + 1 < len(data):
        tag, size, offset = data[offset], 0, offset + 1
        while True:
            byte = data[offset]
            size, offset = size << 7 | byte & 0x7F, offset + 1
            if not byte & 0x80:
                break
        content = data[offset : offset + size]
        found[tag] = content
        if tag in skipped:
            found |= _descriptors(content[skipped[tag] :])
        offset += size
    return found


def _run(traf: dict[bytes, bytes]) -> Run:
    """One traf with one trun, which is what ffmpeg writes."""
    defaults = _defaults(traf[b"tfhd"])
    tfdt, trun = traf[b"tfdt"], traf[b"trun"]
    start = struct.unpack_from(">Q" if tfdt[0] == 1 else ">I", tfdt, 4)[0]
    flags, count = struct.unpack_from(">II", trun)
    flags &= 0xFFFFFF
    if not flags & 0x1:
        raise BrokenFileError("A fragment doesn't say where its samples are.")
    (data_offset,), at = struct.unpack_from(">i", trun, 8), 12
    first_flags = None
    if flags & 0x4:
        (first_flags,), at = struct.unpack_from(">I", trun, at), at + 4
    names = [name for bit, name in _COLUMNS if flags & bit]
    width = 4 * len(names)
    if len(trun) != at + width * count:
        raise BrokenFileError("A fragment's list of samples has another length than it says.")
    # Where all samples are as the defaults say (a film of one picture), there are no columns.
    rows = struct.iter_unpack(f">{len(names)}I", trun[at:]) if names else ()
    columns = list(zip(*rows, strict=True))
    table = dict(zip(names, columns, strict=True)) if columns else {}
    sample_flags = list(table.get("flags", (defaults["flags"],) * count))
    if first_flags is not None and sample_flags:
        sample_flags[0] = first_flags
    keys = [not one & NOT_A_KEY_FRAME for one in sample_flags]
    return Run(
        track=defaults["track"],
        start=start,
        durations=table.get("duration", (defaults["duration"],) * count),
        sizes=table.get("size", (defaults["size"],) * count),
        data_offset=data_offset,
        starts_with_key_frame=bool(keys) and keys[0],
        key_frames=sum(keys),
    )


_COLUMNS = ((0x100, "duration"), (0x200, "size"), (0x400, "flags"), (0x800, "composition"))


def _defaults(tfhd: bytes) -> dict[str, int]:
    """What holds for samples that say nothing else. A fragment must find its data from its own
    first byte, so that it can be served alone."""
    flags, track = struct.unpack_from(">II", tfhd)
    flags &= 0xFFFFFF
    if flags & 0x1 or not flags & 0x20000:
        raise BrokenFileError("A fragment finds its data by its place in the file.")
    found, at = {"track": track, "duration": 0, "size": 0, "flags": 0}, 8
    for bit, name in ((0x2, "description"), (0x8, "duration"), (0x10, "size"), (0x20, "flags")):
        if flags & bit:
            (found[name],), at = struct.unpack_from(">I", tfhd, at), at + 4
    return found
