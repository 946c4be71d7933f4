"""Files that mean harm: to read others, to reach the network, to take all memory or all time."""

import io
import struct
from pathlib import Path

from PIL import Image

from tests.media_pipeline.odd_files.broken import NOT_KNOWN, UNREADABLE
from tests.media_pipeline.odd_files.making import (
    ANY,
    H264,
    SAMPLES,
    TRACK,
    Odd,
    box,
    ffmpeg,
    found,
    plain,
    rendered,
    replaced,
    write,
    written,
)

PLAYLIST = "This is a list of other files, not a video."
TOO_MANY_TRACKS = "This file has too many tracks."
TOO_LARGE = "The picture is larger than 8K."
TOO_MANY_PICTURES = "This file has more than 100000 pictures"
SECRET = "/etc/passwd"
NETWORK = "http://127.0.0.1:8/x.ts"


def pointing_elsewhere(folder: Path) -> Path:
    """An MP4 whose pictures are said to be in another file."""
    elsewhere = box(b"url ", bytes(4) + f"file://{SECRET}".encode() + b"\0")
    return write(
        folder,
        replaced(
            plain(folder),
            (*TRACK, b"mdia", b"minf", b"dinf", b"dref"),
            box(b"dref", struct.pack(">II", 0, 1) + elsewhere),
        ),
    )


def pointing_elsewhere_only(folder: Path) -> Path:
    """A QuickTime film that is nothing but the address of another."""
    address = NETWORK.encode()
    reference = box(b"rdrf", bytes(4) + b"url " + struct.pack(">I", len(address)) + address)
    return write(
        folder, box(b"ftyp", b"qt  ") + box(b"moov", box(b"rmra", box(b"rmda", reference)))
    )


def of_many_tracks(folder: Path) -> Path:
    """One track, nine hundred times."""
    data = plain(folder)
    (start, end), (first, last) = found(data, *TRACK)
    tracks = data[first:last] * 900
    moov = struct.pack(">I4s", end - start + len(tracks), b"moov") + data[start + 8 : end] + tracks
    return write(folder, data[:start] + moov)


def of_many_samples(folder: Path) -> Path:
    """An index that claims a quarter of a milliard pictures, each of one byte."""
    data = plain(folder)
    many = 2**28 - 1
    data = replaced(data, (*SAMPLES, b"stsz"), box(b"stsz", struct.pack(">III", 0, 1, many)))
    times = struct.pack(">IIII", 0, 1, many, 1)
    chunks = struct.pack(">IIIII", 0, 1, 1, many, 1)
    data = replaced(data, (*SAMPLES, b"stts"), box(b"stts", times))
    return write(folder, replaced(data, (*SAMPLES, b"stsc"), box(b"stsc", chunks)))


def of_one_picture_again_and_again(folder: Path) -> Path:
    """Half a million pictures in a small file: all are the same bytes."""
    data = plain(folder, 0.04)
    many = 500_000
    start, _ = found(data, *SAMPLES, b"stsz")[-1]
    _, one, _ = struct.unpack(">III", data[start + 8 : start + 20])
    size = one or struct.unpack(">I", data[start + 20 : start + 24])[0]
    place = data.index(b"mdat") + 4
    contents = {
        b"stsz": struct.pack(">III", 0, size, many),
        b"stts": struct.pack(">IIII", 0, 1, many, 4),
        b"stsc": struct.pack(">IIIII", 0, 1, 1, 1, 1),
        b"stco": struct.pack(">II", 0, many) + struct.pack(">I", place) * many,
    }
    for name, content in contents.items():
        data = replaced(data, (*SAMPLES, name), box(name, content))
    return write(folder, data.replace(b"edts", b"free"))  # else all but the first are cut away


def growing(folder: Path) -> Path:
    """The first pictures are ordinary; then comes one of 100 million pixels."""
    stream = io.BytesIO()
    for size in ((640, 360),) * 5 + ((10_000, 10_000),) + ((640, 360),) * 5:
        Image.new("RGB", size, "gray").save(stream, "JPEG", quality=5)
    pictures = write(folder, stream.getvalue(), "pictures.mjpeg")
    path = folder / "a.avi"
    ffmpeg("-f", "mjpeg", "-framerate", "25", "-i", str(pictures), "-c", "copy", str(path))
    return path


def deep(folder: Path) -> Path:
    """Boxes in boxes in boxes."""
    content = b""
    for _ in range(2000):
        content = box(b"moov", content)
    return write(folder, box(b"ftyp", b"isom") + content)


def of_small_boxes(folder: Path) -> Path:
    """A million boxes of nothing."""
    return write(folder, box(b"ftyp", b"isom") + box(b"free", b"") * 1_000_000)


def with_large_words(folder: Path) -> Path:
    """A title of ten million letters."""
    data = plain(folder)
    title = b"A" * 10_000_000
    words = box(b"udta", box(b"\xa9nam", struct.pack(">HH", len(title) & 0xFFFF, 0) + title))
    (*_, (start, end)) = found(data, b"moov")
    moov = struct.pack(">I4s", end - start + len(words), b"moov") + data[start + 8 : end] + words
    return write(folder, data[:start] + moov)


FILES = [
    Odd("a playlist", written(f"#EXTM3U\n#EXTINF:5,\nfile://{SECRET}\n".encode()), PLAYLIST),
    Odd(
        "a playlist of the network",
        written(f"#EXTM3U\n#EXTINF:5,\n{NETWORK}\n#EXT-X-ENDLIST\n".encode()),
        PLAYLIST,
    ),
    Odd(
        "a playlist behind an empty line",
        written(f"\n#EXTM3U\n#EXTINF:5,\n{NETWORK}\n".encode()),
        NOT_KNOWN,
    ),
    Odd("a list of files", written(f"ffconcat version 1.0\nfile {SECRET}\n".encode()), PLAYLIST),
    Odd(
        "a session description",
        written(b"v=0\no=- 0 0 IN IP4 127.0.0.1\nc=IN IP4 127.0.0.1\nm=video 9 RTP/AVP 96\n"),
        NOT_KNOWN,
    ),
    Odd(
        "a manifest",
        written(f"<?xml version='1.0'?><MPD><BaseURL>file://{SECRET}</BaseURL></MPD>".encode()),
        NOT_KNOWN,
    ),
    Odd(
        "a playlist of Windows",
        written(f"<asx version='3.0'><entry><ref href='{NETWORK}'/></entry></asx>".encode()),
        NOT_KNOWN,
    ),
    Odd("a redirection", written(f"[Reference]\nRef1={NETWORK}\n".encode()), NOT_KNOWN),
    Odd(
        "a playlist behind a header",
        written(
            b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + f"#EXTM3U\n#EXTINF:5,\n{NETWORK}\n".encode()
        ),
        UNREADABLE,
    ),
    Odd("pictures in another file", pointing_elsewhere, ANY),
    Odd("a film that is elsewhere", pointing_elsewhere_only, UNREADABLE),
    Odd(
        "a hundred pictures at once",
        rendered("a.mkv", *["-map", "0:v"] * 100, "-c:v", "mpeg4", "-frames:v", "1", size="16x16"),
        TOO_MANY_TRACKS,
    ),
    Odd("nine hundred tracks", of_many_tracks, TOO_MANY_TRACKS),
    Odd("an index of a quarter of a milliard pictures", of_many_samples, ANY),
    Odd(
        "half a million pictures in two megabytes",
        of_one_picture_again_and_again,
        TOO_MANY_PICTURES,
    ),
    Odd(
        "9000 × 9000 pixels",
        rendered(
            "a.mkv",
            "-c:v",
            "mjpeg",
            "-pix_fmt",
            "yuvj420p",
            size="9000x9000",
            rate="1",
            seconds=1,
            source="color=gray:size={size}:rate={rate}",
        ),
        TOO_LARGE,
    ),
    Odd(
        "a ribbon of 12,000 pixels",
        rendered(
            "a.mkv",
            *H264,
            size="12000x360",
            rate="1",
            seconds=1,
            source="color=gray:size={size}:rate={rate}",
        ),
        TOO_LARGE,
    ),
    Odd("a picture that grows to 100 million pixels", growing, ANY),
    Odd("two thousand boxes in each other", deep, UNREADABLE),
    Odd("a million empty boxes", of_small_boxes, UNREADABLE),
    Odd("a title of ten million letters", with_large_words, ANY),
]
