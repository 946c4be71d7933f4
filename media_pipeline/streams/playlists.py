"""Reading HLS playlists as a player does: what they say, and where they break the rules of their
own form (RFC 8216)."""

import re
from dataclasses import dataclass, field

_ATTRIBUTE = re.compile(r'([A-Z0-9-]+)=("[^"]*"|[^",]+)(?:,|$)')
_RANGE = re.compile(r"(\d+)(?:@(\d+))?")


class BrokenPlaylistError(Exception):
    """A player could not make sense of it."""


@dataclass(frozen=True, slots=True)
class Variant:
    """A line of the master playlist: a rung, or a rung's key frames."""

    address: str
    attributes: dict[str, str]

    def number(self, name: str) -> float:
        """Raises BrokenPlaylistError where it isn't there, or is none."""
        try:
            return float(self.attributes[name])
        except (KeyError, ValueError) as error:
            raise BrokenPlaylistError(f"{self.address} has no {name}.") from error

    @property
    def codecs(self) -> set[str]:
        return set(self.attributes.get("CODECS", "").split(","))

    @property
    def size(self) -> tuple[int, int]:
        """Pixels."""
        width, _, height = self.attributes.get("RESOLUTION", "").partition("x")
        return (int(width), int(height)) if width.isdigit() and height.isdigit() else (0, 0)


@dataclass(frozen=True, slots=True)
class Master:
    version: int
    variants: list[Variant]
    i_frames: list[Variant]


@dataclass(frozen=True, slots=True)
class Piece:
    """A segment, or a key frame."""

    address: str
    first: int
    """Byte of the file."""
    size: int
    """Bytes; 0 for all of the file."""
    seconds: float


@dataclass(slots=True)
class Media:
    version: int = 1
    target: int = 0
    """Whole seconds."""
    kind: str = ""
    """VOD, EVENT or nothing."""
    i_frames_only: bool = False
    ended: bool = False
    header: Piece | None = None
    pieces: list[Piece] = field(default_factory=list)


def read_master(text: str) -> Master:
    """Raises BrokenPlaylistError."""
    version, variants, i_frames, pending = 1, [], [], None
    for line in _lines(text):
        tag, _, value = line.partition(":")
        if tag == "#EXT-X-VERSION":
            version = int(value)
        elif tag == "#EXT-X-STREAM-INF":
            pending = _attributes(value)
        elif tag == "#EXT-X-I-FRAME-STREAM-INF":
            found = _attributes(value)
            i_frames.append(Variant(found.get("URI", ""), found))
        elif not line.startswith("#"):
            if pending is None:
                raise BrokenPlaylistError(f"{line} stands there without a word about it.")
            variants.append(Variant(line, pending))
            pending = None
    if not variants or pending is not None:
        raise BrokenPlaylistError("There is no rung, or one without an address.")
    return Master(version, variants, i_frames)


def read_media(text: str) -> Media:
    """Raises BrokenPlaylistError."""
    found, seconds, place = Media(), None, None
    ends: dict[str, int] = {}
    for line in _lines(text):
        tag, _, value = line.partition(":")
        match tag:
            case "#EXT-X-VERSION":
                found.version = int(value)
            case "#EXT-X-TARGETDURATION":
                found.target = int(value)
            case "#EXT-X-PLAYLIST-TYPE":
                found.kind = value
            case "#EXT-X-I-FRAMES-ONLY":
                found.i_frames_only = True
            case "#EXT-X-ENDLIST":
                found.ended = True
            case "#EXT-X-MAP":
                found.header = _header(_attributes(value))
            case "#EXTINF":
                seconds = float(value.split(",")[0])
            case "#EXT-X-BYTERANGE":
                place = value
            case _ if not line.startswith("#"):
                if seconds is None:
                    raise BrokenPlaylistError(f"{line} has no duration.")
                piece = _piece(line, place, seconds, ends)
                ends[line] = piece.first + piece.size
                found.pieces.append(piece)
                seconds = place = None
    if not found.target:
        raise BrokenPlaylistError("There is no target duration.")
    return found


def _lines(text: str) -> list[str]:
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines or lines[0] != "#EXTM3U":
        raise BrokenPlaylistError("It doesn't begin with #EXTM3U.")
    return lines


def _attributes(value: str) -> dict[str, str]:
    found, at = {}, 0
    while at < len(value):
        match = _ATTRIBUTE.match(value, at)
        if match is None:
            raise BrokenPlaylistError(f"Attributes can't be read: {value[at:]}")
        found[match[1]] = match[2].strip('"')
        at = match.end()
    return found


def _header(attributes: dict[str, str]) -> Piece:
    size, first = _range(attributes.get("BYTERANGE", ""))
    return Piece(attributes.get("URI", ""), first or 0, size, 0.0)


def _piece(address: str, place: str | None, seconds: float, ends: dict[str, int]) -> Piece:
    size, first = _range(place or "")
    if first is None:  # goes on behind the one before it in the same file
        first = ends.get(address, 0)
    return Piece(address, first, size, seconds)


def _range(value: str) -> tuple[int, int | None]:
    """(bytes, first byte if it says so)."""
    if not value:
        return 0, 0
    match = _RANGE.fullmatch(value)
    if match is None:
        raise BrokenPlaylistError(f"A byte range can't be read: {value}")
    return int(match[1]), int(match[2]) if match[2] else None
