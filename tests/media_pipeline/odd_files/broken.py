"""What was cut off, damaged, or is no video at all."""

import io
import random
import wave
import zipfile
from collections.abc import Callable
from pathlib import Path

from PIL import Image

from tests.media_pipeline.odd_files.making import (
    ANY,
    H264,
    SOUND,
    TAKEN,
    Odd,
    ffmpeg,
    plain,
    render,
    rendered,
    write,
    written,
)

NOT_KNOWN = "This is not a video file that we know."
UNREADABLE = "This file is damaged or incomplete: it can't be opened."
INCOMPLETE = "This file is incomplete: it says that it has"
UNDECODABLE = "We can't decode this file's picture"
ONLY_SOUND = "This file has no picture, only sound."
PICTURE = "This is a picture, not a video."
ARCHIVE = "This is an archive."
DOCUMENT = "This is a document, not a video."
TOO_LONG = "This video is "
TOO_SMALL = "The picture is 320 × 240 pixels; its shorter side must have 360 or more."
PROTECTED = "This file is protected against copying"
KEY = "76a6c65c5ea762046bd749a2e632ccbb"
FAST_START = ("-movflags", "+faststart")


def cut(share: float, name: str = "whole.mp4", *options: str) -> Callable[[Path], Path]:
    """Only the first part of ten seconds."""

    def make(folder: Path) -> Path:
        whole = render(folder, name, *H264, "-g", "25", *options, rate="10", seconds=10)
        content = whole.read_bytes()
        return write(folder, content[: int(len(content) * share)], f"cut-{name}")

    return make


def damaged(seed: int, *, in_index: bool) -> Callable[[Path], Path]:
    """Bytes here and there are others."""

    def make(folder: Path) -> Path:
        chance = random.Random(seed)  # noqa: S311 - the same damage each time
        content = bytearray(plain(folder))
        first = content.index(b"moov") if in_index else 40
        for _ in range(4 if in_index else 30):
            content[chance.randrange(first, len(content))] = chance.randrange(256)
        return write(folder, bytes(content), "damaged.mp4")

    return make


def noise() -> bytes:
    return random.Random(1).randbytes(100_000)  # noqa: S311 - the same noise each time


def hollow(folder: Path) -> Path:
    """The index is whole; the pictures are zeros."""
    content = bytearray(plain(folder, 1.0))
    start = content.index(b"mdat") + 100
    end = content.index(b"moov") - 4
    content[start:end] = bytes(end - start)
    return write(folder, bytes(content), "hollow.mp4")


def picture(kind: str, **options: object) -> bytes:
    target = io.BytesIO()
    frames = [Image.new("RGB", (640, 360), colour) for colour in ("red", "green", "blue")]
    frames[0].save(target, kind, **options | ({"append_images": frames[1:]} if options else {}))
    return target.getvalue()


def music() -> bytes:
    target = io.BytesIO()
    with wave.open(target, "wb") as stream:
        stream.setparams((1, 2, 8000, 0, "NONE", ""))
        stream.writeframes(bytes(16000))
    return target.getvalue()


def archive(folder: Path) -> Path:
    path = folder / "video.mp4"
    with zipfile.ZipFile(path, "w") as target:
        target.writestr("video.mp4", plain(folder))
    return path


def endless(folder: Path) -> Path:
    """Two pictures, months apart."""
    return render(
        folder, "a.mkv", *H264, "-vf", "setpts=N*10000000/TB", "-fps_mode", "vfr", seconds=1e9,
        source="testsrc2=size={size}:rate={rate}:duration=0.08",
    )  # fmt: skip


def forgetful(folder: Path) -> Path:
    """The picture's track without its description."""
    data = plain(folder)
    return write(folder, data.replace(b"stsd", b"free"), "a.mp4")


def live(folder: Path) -> Path:
    """A recorder lost its power: the last fragment isn't whole."""
    path = folder / "live.mp4"
    whole = render(folder, "plain.mp4", *H264, "-g", "5", seconds=1)
    ffmpeg("-i", str(whole), "-c", "copy", "-movflags", "frag_keyframe+empty_moov", str(path))
    return write(folder, path.read_bytes()[:-2000], "lost.mp4")


FILES = [
    Odd("nothing", written(b""), NOT_KNOWN),
    Odd("one byte", written(b"\0"), NOT_KNOWN),
    Odd("zeros", written(bytes(100_000)), NOT_KNOWN),
    Odd("noise", written(noise()), NOT_KNOWN),
    Odd("text", written(b"This is my product. Buy it.\n" * 50), NOT_KNOWN),
    Odd("a web page", written(b"<!DOCTYPE html><video src=file:///etc/passwd>"), NOT_KNOWN),
    Odd(
        "a drawing",
        written(b"<svg xmlns='http://www.w3.org/2000/svg'><image href='/etc/passwd'/>"),
        NOT_KNOWN,
    ),
    Odd("a program", written(b"\x7fELF" + bytes(500)), NOT_KNOWN),
    Odd("a program of Windows", written(b"MZ" + bytes(500)), NOT_KNOWN),
    Odd("a PDF", written(b"%PDF-1.7\n" + bytes(500)), DOCUMENT),
    Odd("an archive with a video", archive, ARCHIVE),
    Odd("a JPEG", written(picture("JPEG")), PICTURE),
    Odd("a PNG", written(picture("PNG")), PICTURE),
    Odd("a GIF that moves", written(picture("GIF", save_all=True)), PICTURE),
    Odd("a WebP that moves", written(picture("WEBP", save_all=True)), PICTURE),
    Odd("an AVIF", written(picture("AVIF")), PICTURE),
    Odd("a HEIC", written(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + bytes(500)), PICTURE),
    Odd("music (MP3)", rendered("a.mp3", "-map", "1:a", sound=SOUND), ONLY_SOUND),
    Odd("music (WAV)", written(music()), ONLY_SOUND),
    Odd("music (FLAC)", rendered("a.flac", "-map", "1:a", sound=SOUND), ONLY_SOUND),
    Odd("music (M4A)", rendered("a.m4a", "-map", "1:a", "-c:a", "aac", sound=SOUND), ONLY_SOUND),
    Odd(
        "music (Ogg)", rendered("a.ogg", "-map", "1:a", "-c:a", "libopus", sound=SOUND), ONLY_SOUND
    ),
    Odd(
        "music (WebM)",
        rendered("a.webm", "-map", "1:a", "-c:a", "libopus", sound=SOUND),
        ONLY_SOUND,
    ),
    Odd(
        "sound in a video file",
        rendered("a.mp4", "-map", "1:a", "-c:a", "aac", sound=SOUND),
        ONLY_SOUND,
    ),
    Odd(
        "sound with a cover",
        rendered(
            "a.mp4",
            "-map",
            "0:v",
            "-map",
            "1:a",
            "-c:v",
            "png",
            "-frames:v",
            "1",
            "-disposition:v:0",
            "attached_pic",
            sound=SOUND,
        ),
        ONLY_SOUND,
    ),
    Odd("a header and nothing else", written(b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom"), UNREADABLE),
    Odd(
        "noise behind a header",
        written(b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom" + noise()),
        UNREADABLE,
    ),
    Odd("noise that begins like Matroska", written(b"\x1aE\xdf\xa3" + b"\xff" * 5000), UNREADABLE),
    Odd(
        "noise that begins like AVI", written(b"RIFF\xff\xff\xff\xffAVI " + bytes(500)), UNREADABLE
    ),
    Odd(
        "noise that begins like Windows Media",
        written(b"0&\xb2u\x8ef\xcf\x11\xa6\xd9\x00\xaa\x00b\xcel" + bytes(500)),
        UNREADABLE,
    ),
    Odd(
        "a transport stream of nothing",
        written((b"G\x1f\xff\x10" + b"\xff" * 184) * 500),
        UNREADABLE,
    ),
    Odd("an index cut off", cut(0.9), UNREADABLE),
    Odd("a tenth, index first", cut(0.1, "whole.mp4", *FAST_START), INCOMPLETE),
    Odd("a half, index first", cut(0.5, "whole.mp4", *FAST_START), INCOMPLETE),
    Odd("nearly all, index first", cut(0.97, "whole.mp4", *FAST_START), TAKEN),
    Odd("a half of Matroska", cut(0.5, "whole.mkv"), INCOMPLETE),
    Odd("a half of a stream", cut(0.5, "whole.ts"), TAKEN),
    Odd("a recording that lost its end", live, TAKEN),
    Odd("pictures of zeros", hollow, ANY),
    Odd("a track that isn't described", forgetful, UNDECODABLE),
    *(Odd(f"damage, {seed}", damaged(seed, in_index=False), ANY) for seed in range(1, 5)),
    *(
        Odd(f"damage in the index, {seed}", damaged(seed, in_index=True), ANY)
        for seed in range(1, 9)
    ),
    Odd("a small picture", rendered("a.mp4", *H264, size="320x240"), TOO_SMALL),
    Odd(
        "too long by a second",
        rendered("a.mp4", *H264, rate="5", seconds=181.6),
        TOO_LONG + "3 min 01 s",
    ),
    Odd("two pictures, months apart", endless, TOO_LONG),
    Odd(
        "encrypted",
        rendered(
            "a.mp4",
            *H264,
            "-encryption_scheme",
            "cenc-aes-ctr",
            "-encryption_key",
            KEY,
            "-encryption_kid",
            KEY,
        ),
        PROTECTED,
    ),
]
