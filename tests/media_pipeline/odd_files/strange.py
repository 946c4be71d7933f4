"""What is seldom seen, and still a video: odd sizes, odd rates, odd times, odd words."""

from pathlib import Path

from tests.media_pipeline.odd_files.making import (
    H264,
    SOUND,
    Odd,
    ffmpeg,
    plain,
    render,
    rendered,
    write,
)

AAC = ("-c:a", "aac")
ULTRA = ("-c:v", "libx264", "-preset", "ultrafast")
STILL = "color=gray:size={size}:rate={rate}"


def begun_in_the_middle(folder: Path) -> Path:
    """A stream recorded from the air: pictures before the first key frame can't be decoded."""
    data = render(folder, "whole.ts", *H264, "-g", "10", seconds=1.6).read_bytes()
    packet = 188
    return write(folder, data[: 3 * packet] + data[len(data) // 6 // packet * packet :], "a.ts")


def of_two_sizes(folder: Path) -> Path:
    """The size changes on the way, as when a telephone is turned in a call."""
    first = render(folder, "first.ts", *H264, *AAC, sound=SOUND)
    second = render(
        folder, "second.ts", *H264, *AAC, "-output_ts_offset", "0.4", size="360x640", sound=SOUND
    )
    return write(folder, first.read_bytes() + second.read_bytes(), "both.ts")


def with_words(folder: Path) -> Path:
    """Titles and chapters that no one should believe."""
    bad = b"\xff\xfe<script>alert(1)</script>\x01"
    chapters = b"".join(
        b"[CHAPTER]\nTIMEBASE=1/1000\nSTART=%d\nEND=%d\ntitle=" % (n, n + 1) + bad + b"\n"
        for n in range(300)
    )
    words = write(folder, b";FFMETADATA1\ntitle=" + bad * 500 + b"\n" + chapters, "words.txt")
    path = folder / "a.mkv"
    ffmpeg(
        *("-i", str(render(folder, "plain.mp4", *H264)), "-f", "ffmetadata", "-i", str(words)),
        *("-map_metadata", "1", "-map_chapters", "1", "-c", "copy", str(path)),
    )
    return path


def under_another_name(name: str):
    return lambda folder: write(folder, plain(folder), name)


FILES = [
    Odd(
        "odd sides",
        rendered(
            "a.mp4",
            *ULTRA,
            "-pix_fmt",
            "yuv444p",
            size="641x361",
            source="testsrc=size={size}:rate={rate}",  # the other one has even sides only
        ),
        size=(641, 361),
    ),
    Odd("portrait", rendered("a.mp4", *H264, size="360x640"), size=(360, 640)),
    Odd("square", rendered("a.mp4", *H264, size="480x480"), size=(480, 480)),
    Odd("a ribbon", rendered("a.mp4", *H264, size="2000x360"), size=(2000, 360)),
    Odd("a tower", rendered("a.mp4", *H264, size="360x1800"), size=(360, 1800)),
    Odd(
        "pixels that are wide",
        rendered("a.mp4", *H264, "-vf", "setsar=4/3", size="480x360"),
        size=(640, 360),
    ),
    Odd(
        "pixels that are high",
        rendered("a.mp4", *H264, "-vf", "setsar=1/2", size="720x360"),
        size=(720, 720),
    ),
    Odd("pixels a hundred times as wide as high", rendered("a.mkv", *H264, "-vf", "setsar=100")),
    Odd("half a picture a second", rendered("a.mp4", *H264, rate="1/2", seconds=4)),
    Odd("7.3 pictures a second", rendered("a.mp4", *H264, rate="73/10", seconds=1)),
    Odd("23.976 pictures a second", rendered("a.mp4", *H264, rate="24000/1001")),
    Odd("59.94 pictures a second", rendered("a.mp4", *H264, rate="60000/1001")),
    Odd("slow motion (240 a second)", rendered("a.mp4", *H264, rate="240")),
    Odd("3000 pictures a second", rendered("a.mkv", *H264, rate="3000", source=STILL)),
    Odd("one picture", rendered("a.mp4", *H264, "-frames:v", "1")),
    Odd("two pictures", rendered("a.mkv", *H264, "-frames:v", "2")),
    Odd(
        "a rate that varies",
        rendered(
            "a.mp4",
            *H264,
            "-vf",
            "select='not(between(n,5,15))*not(mod(n,3)*gt(n,20))'",
            "-fps_mode",
            "vfr",
            seconds=2,
        ),
    ),
    Odd(
        "a clock that begins after twenty minutes",
        rendered("a.ts", *H264, *AAC, "-output_ts_offset", "1200", sound=SOUND),
    ),
    Odd("a stream begun in the middle", begun_in_the_middle),
    Odd("two sizes in one file", of_two_sizes),
    Odd(
        "sixteen channels that nobody names",
        rendered("a.mov", *H264, "-af", "pan=16c|c0=c0|c7=c0", "-c:a", "pcm_s16le", sound=SOUND),
    ),
    Odd(
        "a cover beside the video",
        rendered(
            "a.mp4",
            "-map",
            "0:v",
            "-map",
            "1:v",
            "-c:v:0",
            "libx264",
            "-preset",
            "ultrafast",
            "-c:v:1",
            "png",
            "-disposition:v:1",
            "attached_pic",
            sound=("-f", "lavfi", "-i", "color=size=1000x1000:rate=1:duration=1"),
        ),
    ),
    Odd(
        "a smaller picture first",
        rendered("a.mkv", "-map", "0:v", "-map", "0:v", *H264, "-filter:v:0", "scale=160:90"),
    ),
    Odd("words that no one can read", with_words),
    Odd("a video named .txt", under_another_name("notes.txt")),
    Odd("a video named .jpg", under_another_name("photo.jpg")),
    Odd("a video without a suffix", under_another_name("video")),
]
