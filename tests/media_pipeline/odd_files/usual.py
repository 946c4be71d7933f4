"""What telephones, cameras, recorders and editing programs write: all of it must be taken."""

from pathlib import Path

from tests.media_pipeline.odd_files.making import (
    H264,
    SOUND,
    Odd,
    appended,
    ffmpeg,
    plain,
    render,
    rendered,
    write,
)

AAC = ("-c:a", "aac")
ULTRA = ("-c:v", "libx264", "-preset", "ultrafast")


def turned(*how: str):
    def make(folder: Path) -> Path:
        flat = render(folder, "flat.mp4", *H264)
        path = folder / "turned.mp4"
        ffmpeg(*how, "-i", str(flat), "-c", "copy", str(path))
        return path

    return make


def with_colours(name: str, *options: str, **names: str):
    """What the numbers mean is written down, and perhaps not usual."""
    parameters = ":".join(f"{key}={value}" for key, value in names.items())
    return rendered(name, "-vf", f"format={options[1]},setparams={parameters}", *ULTRA, *options)


def with_dolby_vision(profile: int, compatibility: int):
    """An MP4 that says so of its picture."""
    version, level, flags = b"\x01\x00", 4, 0b101
    record = (profile << 9 | level << 3 | flags).to_bytes(2, "big")
    content = version + record + bytes([compatibility << 4]) + bytes(19)
    entry = (b"moov", b"trak", b"mdia", b"minf", b"stbl", b"stsd", b"avc1")

    def make(folder: Path) -> Path:
        data = plain(folder)
        return write(folder, appended(data, entry, b"\x00\x00\x00\x20dvvC" + content))

    return make


def two_languages(folder: Path) -> Path:
    return render(
        folder, "a.mkv", "-map", "0:v", "-map", "1:a", "-map", "2:a", *H264, "-c:a", "libopus",
        "-disposition:a:0", "0", "-disposition:a:1", "default", sound=SOUND + SOUND,
    )  # fmt: skip


def with_subtitles(folder: Path) -> Path:
    text = write(folder, b"1\n00:00:00,000 --> 00:00:00,300\nHello\n", "words.srt")
    return render(
        folder, "a.mp4", "-map", "0:v", "-map", "1:s", *H264, "-c:s", "mov_text",
        sound=("-i", str(text)),
    )  # fmt: skip


FILES = [
    Odd(
        "WebM (VP8, Vorbis)",
        rendered(
            "a.webm", "-c:v", "libvpx", "-deadline", "realtime", "-c:a", "libvorbis", sound=SOUND
        ),
    ),
    Odd(
        "WebM (VP9, Opus)",
        rendered(
            "a.webm",
            "-c:v",
            "libvpx-vp9",
            "-deadline",
            "realtime",
            "-cpu-used",
            "8",
            "-c:a",
            "libopus",
            sound=SOUND,
        ),
    ),
    Odd(
        "MP4 (AV1)",
        rendered("a.mp4", "-c:v", "libsvtav1", "-preset", "12", "-svtav1-params", "log=0"),
    ),
    Odd(
        "MP4 (HEVC, 10 bits)",
        rendered(
            "a.mp4",
            "-c:v",
            "libx265",
            "-preset",
            "ultrafast",
            "-pix_fmt",
            "yuv420p10le",
            "-tag:v",
            "hvc1",
            "-x265-params",
            "log-level=none",
        ),
    ),
    Odd(
        "AVI (MPEG-4 with B-frames, MP3)",
        rendered("a.avi", "-c:v", "mpeg4", "-bf", "2", "-vtag", "XVID", "-c:a", "mp3", sound=SOUND),
    ),
    Odd("AVI (H.264 without timestamps)", rendered("a.avi", *H264, "-bf", "2")),
    Odd("AVI (Motion JPEG)", rendered("a.avi", "-c:v", "mjpeg", "-pix_fmt", "yuvj420p")),
    Odd("transport stream", rendered("a.ts", *H264, *AAC, sound=SOUND)),
    Odd(
        "transport stream of a camera (.mts)",
        rendered("a.m2ts", "-mpegts_m2ts_mode", "1", *H264, "-c:a", "ac3", sound=SOUND),
    ),
    Odd("MPEG-1 programme", rendered("a.mpg", "-c:v", "mpeg1video", "-c:a", "mp2", sound=SOUND)),
    Odd(
        "MPEG-2 programme, interlaced",
        rendered(
            "a.vob",
            "-c:v",
            "mpeg2video",
            "-flags",
            "+ildct+ilme",
            "-vf",
            "interlace",
            "-c:a",
            "mp2",
            sound=SOUND,
        ),
    ),
    Odd(
        "Flash video", rendered("a.flv", "-c:v", "flv1", "-c:a", "mp3", "-ar", "44100", sound=SOUND)
    ),
    Odd("Windows Media", rendered("a.wmv", "-c:v", "wmv2", "-c:a", "wmav2", sound=SOUND)),
    Odd("Ogg Theora", rendered("a.ogv", "-c:v", "libtheora", "-c:a", "libvorbis", sound=SOUND)),
    Odd("3GP", rendered("a.3gp", *H264, "-c:a", "aac", sound=SOUND)),
    Odd(
        "QuickTime (ProRes, PCM)",
        rendered("a.mov", "-c:v", "prores_ks", "-profile:v", "2", "-c:a", "pcm_s24le", sound=SOUND),
    ),
    Odd("MXF (MPEG-2)", rendered("a.mxf", "-c:v", "mpeg2video", "-c:a", "pcm_s16le", sound=SOUND)),
    Odd(
        "MXF (DNxHR)",
        rendered("a.mxf", "-c:v", "dnxhd", "-profile:v", "dnxhr_lb", "-pix_fmt", "yuv422p"),
    ),
    Odd("Matroska (FFV1, FLAC)", rendered("a.mkv", "-c:v", "ffv1", "-c:a", "flac", sound=SOUND)),
    Odd(
        "fragmented MP4 of a recorder",
        rendered("a.mp4", *H264, *AAC, "-movflags", "frag_keyframe+empty_moov", sound=SOUND),
    ),
    Odd("ten bits", rendered("a.mp4", *ULTRA, "-pix_fmt", "yuv420p10le")),
    Odd("4:2:2, ten bits", rendered("a.mp4", *ULTRA, "-pix_fmt", "yuv422p10le")),
    Odd("4:4:4", rendered("a.mp4", *ULTRA, "-pix_fmt", "yuv444p")),
    Odd(
        "twelve bits",
        rendered("a.mov", "-c:v", "prores_ks", "-profile:v", "4444", "-pix_fmt", "yuv444p12le"),
    ),
    Odd(
        "RGB of a screen",
        rendered("a.mkv", "-c:v", "libx264rgb", "-preset", "ultrafast", "-pix_fmt", "rgb24"),
    ),
    Odd("grey", rendered("a.mp4", *ULTRA, "-pix_fmt", "gray")),
    Odd("full range", with_colours("a.mp4", "-pix_fmt", "yuv420p", range="pc", colorspace="bt709")),
    Odd(
        "BT.601",
        with_colours(
            "a.mp4", "-pix_fmt", "yuv420p", colorspace="smpte170m", color_primaries="smpte170m"
        ),
    ),
    Odd(
        "BT.2020",
        with_colours(
            "a.mp4",
            "-pix_fmt",
            "yuv420p10le",
            colorspace="bt2020nc",
            color_primaries="bt2020",
            color_trc="bt2020-10",
        ),
    ),
    Odd(
        "P3 of a screen",
        with_colours(
            "a.mp4",
            "-pix_fmt",
            "yuv420p",
            colorspace="bt709",
            color_primaries="smpte432",
            color_trc="iec61966-2-1",
        ),
    ),
    Odd(
        "YCgCo",
        with_colours(
            "a.mp4",
            "-pix_fmt",
            "yuv444p",
            colorspace="ycgco",
            color_primaries="bt709",
            color_trc="bt709",
        ),
    ),
    Odd(
        "HDR10",
        with_colours(
            "a.mp4",
            "-pix_fmt",
            "yuv420p10le",
            colorspace="bt2020nc",
            color_primaries="bt2020",
            color_trc="smpte2084",
        ),
    ),
    Odd(
        "HDR that says only half of it",
        with_colours("a.mp4", "-pix_fmt", "yuv420p10le", color_trc="smpte2084"),
    ),
    Odd(
        "HLG",
        with_colours(
            "a.mp4",
            "-pix_fmt",
            "yuv420p10le",
            colorspace="bt2020nc",
            color_primaries="bt2020",
            color_trc="arib-std-b67",
        ),
    ),
    Odd(
        "HDR in ICtCp",
        with_colours(
            "a.mp4",
            "-pix_fmt",
            "yuv420p10le",
            colorspace="ictcp",
            color_primaries="bt2020",
            color_trc="smpte2084",
        ),
    ),
    Odd("Dolby Vision over HLG (profile 8.4)", with_dolby_vision(8, 4)),
    Odd(
        "Dolby Vision alone (profile 5)",
        with_dolby_vision(5, 0),
        "The colours of this file can only be shown by Dolby",
    ),
    Odd("seen through (PNG)", rendered("a.mov", "-c:v", "png", "-pix_fmt", "rgba")),
    Odd(
        "seen through (ProRes 4444)",
        rendered("a.mov", "-c:v", "prores_ks", "-profile:v", "4444", "-pix_fmt", "yuva444p10le"),
    ),
    Odd(
        "seen through (VP9)",
        rendered(
            "a.webm",
            "-c:v",
            "libvpx-vp9",
            "-deadline",
            "realtime",
            "-cpu-used",
            "8",
            "-pix_fmt",
            "yuva420p",
            "-auto-alt-ref",
            "0",
        ),
    ),
    Odd("interlaced H.264", rendered("a.mp4", *H264, "-vf", "interlace", "-flags", "+ildct+ilme")),
    Odd("turned by 90°", turned("-display_rotation", "90"), size=(360, 640)),
    Odd("turned by 180°", turned("-display_rotation", "180")),
    Odd("turned by 270°", turned("-display_rotation", "270"), size=(360, 640)),
    Odd(
        "turned by 90° and mirrored",
        turned("-display_rotation", "90", "-display_hflip"),
        size=(360, 640),
    ),
    Odd("upside down and mirrored", turned("-display_vflip")),
    Odd("two languages, the second preferred", two_languages),
    Odd("text subtitles", with_subtitles),
    Odd("5.1 channels", rendered("a.mp4", *H264, *AAC, "-ac", "6", sound=SOUND)),
    Odd("eight channels", rendered("a.mkv", *H264, "-ac", "8", "-c:a", "flac", sound=SOUND)),
    Odd(
        "sound of a telephone call (8 kHz)",
        rendered("a.mov", *H264, "-c:a", "pcm_mulaw", "-ar", "8000", sound=SOUND),
    ),
    Odd(
        "sound at 96 kHz",
        rendered("a.mkv", *H264, "-c:a", "pcm_f32le", "-ar", "96000", sound=SOUND),
    ),
    Odd(
        "sound that begins late",
        rendered("a.mp4", *H264, *AAC, sound=("-itsoffset", "0.2", *SOUND)),
    ),
    Odd("sound that ends early", rendered("a.mp4", *H264, "-af", "atrim=0:0.2", *AAC, sound=SOUND)),
    Odd(
        "a picture that begins late",
        rendered("a.mp4", *H264, *AAC, before=("-itsoffset", "0.2"), sound=SOUND, seconds=0.8),
    ),
]
