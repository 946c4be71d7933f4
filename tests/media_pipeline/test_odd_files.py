"""Files made for this: of every make, odd, broken and hostile. Each ends ready or refused."""

import subprocess

import imageio_ffmpeg
import pytest
from django.core.files.base import File

from media_pipeline import blobs, checks, probing, services
from media_pipeline.choices import SourceState
from media_pipeline.selectors import progress_of, video_by_uuid
from tests.factories.media_pipeline import picture_bytes, tiny_video
from tests.factories.merchants import MerchantFactory

PICTURE = "testsrc2=size={size}:rate={rate}"
SOUND = ("-f", "lavfi", "-i", "sine=frequency=440:sample_rate=48000")
H264 = ("-c:v", "libx264", "-preset", "ultrafast")


def render(path, *options, size="640x360", rate=25, seconds=1, sound=()):
    source = ["-f", "lavfi", "-i", PICTURE.format(size=size, rate=rate)]
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-nostdin", "-v", "error", "-y", *source, *sound]
    subprocess.run([*command, "-t", str(seconds), *options, str(path)], check=True)
    return path


TAKEN = {
    "webm": lambda folder: render(
        folder / "a.webm", "-c:v", "libvpx", "-deadline", "realtime", "-c:a", "libopus", sound=SOUND
    ),
    "matroska with vp9": lambda folder: render(
        folder / "a.mkv", "-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8"
    ),
    "avi": lambda folder: render(folder / "a.avi", "-c:v", "mpeg4", "-c:a", "mp3", sound=SOUND),
    "transport stream": lambda folder: render(folder / "a.ts", *H264, "-c:a", "aac", sound=SOUND),
    "mpeg": lambda folder: render(
        folder / "a.mpg", "-c:v", "mpeg2video", "-c:a", "mp2", sound=SOUND
    ),
    "flash video": lambda folder: render(folder / "a.flv", *H264, "-pix_fmt", "yuv420p"),
    "windows media": lambda folder: render(folder / "a.wmv", "-c:v", "wmv2"),
    "ogg": lambda folder: render(folder / "a.ogv", "-c:v", "libtheora"),
    "3gp": lambda folder: render(folder / "a.3gp", *H264, "-pix_fmt", "yuv420p"),
    "ten bits": lambda folder: render(folder / "a.mp4", *H264, "-pix_fmt", "yuv420p10le"),
    "full colour": lambda folder: render(folder / "a.mp4", *H264, "-pix_fmt", "yuv444p"),
    "odd sides": lambda folder: render(
        folder / "a.mp4", *H264, "-pix_fmt", "yuv444p", size="641x361"
    ),
    "seen through": lambda folder: render(folder / "a.mov", "-c:v", "png", "-pix_fmt", "rgba"),
    "interlaced": lambda folder: render(
        folder / "a.mp4", *H264, "-pix_fmt", "yuv420p", "-vf", "interlace", "-flags", "+ildct+ilme"
    ),
    "slow motion": lambda folder: render(folder / "a.mp4", *H264, rate=240),
    "one frame": lambda folder: render(folder / "a.mp4", *H264, "-frames:v", "1"),
    "fragmented": lambda folder: render(
        folder / "a.mp4", *H264, "-movflags", "frag_keyframe+empty_moov"
    ),
    "sound of eight channels": lambda folder: render(
        folder / "a.mkv", *H264, "-ac", "8", "-c:a", "flac", sound=SOUND
    ),
    "sound that begins late": lambda folder: render(
        folder / "a.mp4", *H264, "-c:a", "aac", sound=("-itsoffset", "0.5", *SOUND)
    ),
    "sound that ends early": lambda folder: render(
        folder / "a.mp4", *H264, "-af", "atrim=0:0.3", "-c:a", "aac", sound=SOUND
    ),
    "cover art beside the video": lambda folder: render(
        folder / "a.mp4", "-map", "0:v", "-map", "1:v", "-c:v:0", "libx264", "-c:v:1", "png",
        "-disposition:v:1", "attached_pic",
        sound=("-f", "lavfi", "-i", "color=size=2000x2000:rate=1:duration=1"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(TAKEN))
@pytest.mark.django_db
def test_every_make_becomes_the_same_kind_of_rendition(name, tmp_path):
    video = processed(TAKEN[name](tmp_path))

    progress = progress_of(video)
    assert (progress.state, progress.message) == (SourceState.READY, "")
    rendition = video.source.renditions.get(name="360p")
    assert (rendition.width, rendition.height) == (640, 360)
    with blobs.local_copy(rendition.path) as path:
        made = probing.probe(path)
    assert (made.video.codec, made.video.pixel_format) == ("h264", "yuv420p")
    assert made.video.frame_rate <= 60.1
    assert made.seconds == pytest.approx(video.source.duration, abs=0.1)
    assert (made.audio is None) == (probing.Probe.from_facts(video.source.facts).audio is None)


@pytest.mark.django_db
def test_pixels_that_are_not_square_become_square(tmp_path):
    path = render(tmp_path / "a.mp4", *H264, "-vf", "setsar=4/3", size="720x540")
    source = processed(path).source

    assert (source.width, source.height) == (960, 540)
    assert [(one.width, one.height) for one in source.renditions.all()] == [(960, 540), (640, 360)]


@pytest.mark.django_db
@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_turned_clip_comes_out_upright(tmp_path, degrees):
    """The left half of the stored picture is white; where is it after turning?"""
    flat = render(
        tmp_path / "flat.mp4", *H264, "-vf",
        "drawbox=c=black:t=fill,drawbox=w=iw/2:c=white:t=fill", "-pix_fmt", "yuv420p",
    )  # fmt: skip
    turned = tmp_path / "turned.mp4"
    subprocess.run(
        [
            *(imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error"),
            *("-display_rotation", str(degrees), "-i", str(flat), "-c", "copy", str(turned)),
        ],
        check=True,
    )
    video = processed(turned)

    # ffmpeg's option turns counter-clockwise: left goes down, right, up.
    white = {90: (0.5, 0.9), 180: (0.9, 0.5), 270: (0.5, 0.1)}[degrees]
    poster = video.source.poster
    assert (video.source.width > video.source.height) == (degrees == 180)
    with poster.get_willow_image() as image:
        grey = image.get_pillow_image().convert("L")
    x, y = int(white[0] * (grey.width - 1)), int(white[1] * (grey.height - 1))
    assert grey.getpixel((x, y)) > 200
    assert grey.getpixel((grey.width - 1 - x, grey.height - 1 - y)) < 50


NOT_KNOWN = "This is not a video file that we know. Export it as MP4 (H.264) and upload that."
UNREADABLE = (
    "This file is damaged or incomplete: it can't be opened. Upload it again from the original, "
    "or export it as MP4 (H.264)."
)
ONLY_SOUND = "This file has no picture, only sound. Choose the video itself."


def written(content):
    def write(folder):
        path = folder / "video.mp4"
        path.write_bytes(content)
        return path

    return write


def cut(folder, keep, **options):
    path = render(folder / "whole.mp4", *H264, "-movflags", "+faststart", **options)
    content = path.read_bytes()
    return written(content[: int(len(content) * keep)])(folder)


REFUSED = {
    "nothing": (written(b""), NOT_KNOWN),
    "text": (written(b"This is my product. Buy it.\n" * 50), NOT_KNOWN),
    "a web page": (written(b"<!DOCTYPE html><video src=file:///etc/passwd>"), NOT_KNOWN),
    "a playlist": (written(b"#EXTM3U\n#EXTINF:5,\nfile:///etc/passwd\n"), NOT_KNOWN),
    "a playlist of the network": (
        written(b"#EXTM3U\n#EXTINF:5,\nhttp://127.0.0.1:9/x.ts\n#EXT-X-ENDLIST\n"),
        NOT_KNOWN,
    ),
    "a list of files": (written(b"ffconcat version 1.0\nfile /etc/passwd\n"), NOT_KNOWN),
    "a session description": (
        written(b"v=0\no=- 0 0 IN IP4 127.0.0.1\nm=video 9 RTP/AVP 96\n"),
        NOT_KNOWN,
    ),
    "a manifest": (
        written(b"<?xml version='1.0'?><MPD><BaseURL>file:///etc/passwd</BaseURL></MPD>"),
        NOT_KNOWN,
    ),
    "a picture": (written(picture_bytes()), NOT_KNOWN),
    "an archive": (written(b"PK\x03\x04" + b"\0" * 500), NOT_KNOWN),
    "a program": (written(b"\x7fELF" + b"\0" * 500), NOT_KNOWN),
    "music": (
        lambda folder: render(folder / "a.mp3", "-map", "1:a", sound=SOUND),
        NOT_KNOWN,
    ),
    "sound in a video file": (
        lambda folder: render(folder / "a.mp4", "-map", "1:a", "-c:a", "aac", sound=SOUND),
        ONLY_SOUND,
    ),
    "sound with a cover": (
        lambda folder: render(
            folder / "a.mp4", "-map", "0:v", "-map", "1:a", "-c:v", "png", "-frames:v", "1",
            "-disposition:v:0", "attached_pic", sound=SOUND,
        ),
        ONLY_SOUND,
    ),
    "a header and nothing else": (written(b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom"), UNREADABLE),
    "rubbish behind a header": (written(b"\0\0\0\x18ftypmp42" + b"\xff" * 5000), UNREADABLE),
    "rubbish that looks like matroska": (written(b"\x1aE\xdf\xa3" + b"\xff" * 5000), UNREADABLE),
    "rubbish that looks like avi": (written(b"RIFF\xff\xff\xff\xffAVI " + b"\0" * 500), UNREADABLE),
    "a small picture": (
        lambda folder: render(folder / "a.mp4", *H264, size="320x240"),
        "The picture is 320 × 240 pixels; its shorter side must have 360 or more. Export it "
        "larger, or upload the original.",
    ),
    "too long by a second": (
        lambda folder: render(folder / "a.mp4", *H264, rate=5, seconds=181.6),
        "This video is 3 min 01 s long; a product video may have 3 minutes. Cut it and upload it "
        "again.",
    ),
    "half of a file": (
        lambda folder: cut(folder, 0.5, seconds=10),
        "This file is incomplete: it says that it has 10 seconds, but only 5 are there. Upload it "
        "again from the original.",
    ),
    "a hundred pictures at once": (
        lambda folder: render(
            folder / "a.mkv", *["-map", "0:v"] * 100, "-c:v", "mpeg4", "-frames:v", "1",
            size="16x16",
        ),
        "This file has too many tracks. Export it with one picture and one sound track.",
    ),
    "more pixels than any screen": (
        lambda folder: render(
            folder / "a.mkv", "-c:v", "mjpeg", "-pix_fmt", "yuvj420p", size="9000x9000", rate=1
        ),
        "The picture is larger than 8K. Export it at 1920 × 1080 and upload that.",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", sorted(REFUSED))
def test_what_cannot_be_accepted_is_refused_with_what_to_do(name, tmp_path):
    make, sentence = REFUSED[name]

    assert checks.refusal_of(probing.probe(make(tmp_path))) == sentence


@pytest.mark.django_db
def test_three_minutes_are_allowed(tmp_path):
    path = render(tmp_path / "a.mp4", *H264, rate=5, seconds=180)

    assert checks.refusal_of(probing.probe(path)) is None


def test_one_clip_of_the_factory_is_plain(tmp_path):
    found = probing.probe(tiny_video(tmp_path / "clip.mp4"))

    assert (found.container, found.video.codec, found.audio.codec) == ("mov", "h264", "aac")


def processed(path):
    with path.open("rb") as stream:
        video = services.add_video(
            merchant=MerchantFactory(), user=None, title="Odd", file=File(stream)
        )
    services.work()
    return video_by_uuid(video.uuid)
