"""Files of every make, odd, broken and hostile (odd_files/): each ends ready or refused with the
right reason, and what is ready is what every screen can show."""

import socket
import subprocess
import sys
import threading
from itertools import pairwise

import av
import pytest
from django.core.files.base import File

from media_pipeline import blobs, checks, probing, services
from media_pipeline.choices import SourceState
from media_pipeline.selectors import progress_of, video_by_uuid
from tests.factories.media_pipeline import tiny_video
from tests.factories.merchants import MerchantFactory
from tests.media_pipeline.odd_files import ALL, ANY, TAKEN
from tests.media_pipeline.odd_files.making import H264, ffmpeg, plain, render, write
from tests.media_pipeline.odd_table import smallest_rung, try_file

LONGEST = 60  # seconds by the clock that any file may take on a busy machine


def test_there_are_enough_of_them():
    assert len(ALL) >= 60


@pytest.mark.parametrize("name", sorted(ALL))
def test_each_odd_file_is_taken_or_refused(name, tmp_path):
    odd = ALL[name]
    (tmp_path / "made").mkdir()

    outcome = try_file(odd.make(tmp_path), tmp_path / "made")

    assert outcome.problems == ()
    assert outcome.seconds < LONGEST
    if odd.fate == TAKEN:
        assert (outcome.fate, outcome.shown) == (TAKEN, odd.size or (640, 360))
    elif odd.fate != ANY:
        assert outcome.fate.startswith(odd.fate)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "name",
    [
        "one picture",
        "two languages, the second preferred",
        "HDR10",
        "seen through (VP9)",
        "damage, 1",
    ],
)
def test_odd_files_go_all_the_way(name, tmp_path):
    video = processed(ALL[name].make(tmp_path))

    progress = progress_of(video)
    assert (progress.state, progress.message) == (SourceState.READY, "")
    rendition = video.source.renditions.get(name="360p")
    assert (rendition.width, rendition.height) == (640, 360)
    with blobs.local_copy(rendition.path) as path:
        made = probing.probe(path)
    assert made.seconds == pytest.approx(video.source.duration, abs=0.1)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["a playlist", "pictures of zeros", "nine hundred tracks"])
def test_refused_files_end_with_their_sentence(name, tmp_path):
    video = processed(ALL[name].make(tmp_path))

    progress = progress_of(video)
    assert progress.state == SourceState.REFUSED
    assert progress.message == checks.refusal_of(probing.probe(ALL[name].make(tmp_path)))


def test_no_hostile_file_reaches_the_network_or_reads_another_file(tmp_path):
    """Playlists and addresses that point at a port that listens, and at a file beside: watched
    by that port, and by strace where there is one."""
    secret = tmp_path / "secret.txt"
    secret.write_text("nobody's business")
    with Listener() as listener:
        files = pointing_files(tmp_path, f"http://127.0.0.1:{listener.port}/x.ts", secret)
        log = tmp_path / "calls.txt"
        probe_all(files, log if has_strace() else None)
        assert listener.connections == 0
    if log.exists():
        calls = log.read_text()
        assert "openat" in calls
        assert "secret.txt" not in calls
        assert f"htons({listener.port})" not in calls


@pytest.mark.django_db
def test_three_minutes_are_allowed(tmp_path):
    path = render(tmp_path, "a.mp4", *H264, rate="5", seconds=180)

    assert checks.refusal_of(probing.probe(path)) is None


def test_one_clip_of_the_factory_is_plain(tmp_path):
    found = probing.probe(tiny_video(tmp_path / "clip.mp4"))

    assert (found.container, found.video.codec, found.audio.codec) == ("mov", "h264", "aac")
    assert probing.Probe.from_facts(found.as_facts()) == found


def test_the_track_that_the_file_prefers_is_heard(tmp_path):
    found = probing.probe(ALL["two languages, the second preferred"].make(tmp_path))

    assert [(track.index, track.default) for track in found.tracks] == [(1, False), (2, True)]
    assert found.audio.index == 2


def test_chapters_and_subtitles_are_told_without_what_no_one_can_read(tmp_path):
    chapters = probing.probe(ALL["words that no one can read"].make(tmp_path)).chapters
    subtitles = probing.probe(ALL["text subtitles"].make(tmp_path)).subtitles

    assert len(chapters) == 200
    assert all(one.title.isprintable() and len(one.title) <= 150 for one in chapters)
    assert [(one.codec, one.language) for one in subtitles] == [("mov_text", "")]


# Where the stored picture's left half, which is white, must be after turning: (x, y) of the whole.
WHITE_AFTER = {
    ("-display_rotation", "90"): (0.5, 0.9),
    ("-display_rotation", "180"): (0.9, 0.5),
    ("-display_rotation", "270"): (0.5, 0.1),
    ("-display_hflip",): (0.9, 0.5),
    ("-display_vflip",): (0.1, 0.5),
}


@pytest.mark.parametrize("how", sorted(WHITE_AFTER), ids=" ".join)
def test_a_turned_clip_comes_out_upright(tmp_path, how):
    flat = render(tmp_path, "flat.mp4", *H264, "-vf", "drawbox=w=iw/2:c=white:t=fill", source=BLACK)
    path = tmp_path / "turned.mp4"
    ffmpeg(*how, "-i", str(flat), "-c", "copy", str(path))

    image = first_picture(path, tmp_path)

    x, y = (
        round(share * (side - 1)) for share, side in zip(WHITE_AFTER[how], image.size, strict=True)
    )
    assert min(image.getpixel((x, y))) > 200
    assert max(image.getpixel((image.width - 1 - x, image.height - 1 - y))) < 50


def test_what_one_can_see_through_lies_on_white(tmp_path):
    for name, options in {
        "a.mov": ("-c:v", "png"),
        "b.mov": ("-c:v", "prores_ks", "-profile:v", "4444"),
        "c.webm": ("-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8"),
    }.items():
        pixels = {"png": "rgba", "prores_ks": "yuva444p10le"}.get(options[1], "yuva420p")
        clear = ("-vf", "format=rgba,colorchannelmixer=aa=0", "-pix_fmt", pixels)
        image = first_picture(render(tmp_path, name, *options, *clear), tmp_path)
        assert min(min(band) for band in image.getextrema()) > 240, name


RED = "pin=709:tin=709:min=gbr:rin=pc"
COLOURS = {
    "BT.709": "p=709:t=709:m=709:r=tv,format=yuv420p",
    "full range": "p=709:t=709:m=709:r=pc,format=yuv420p",
    "BT.601": "p=170m:t=601:m=170m:r=tv,format=yuv420p",
    "BT.2020": "p=2020:t=709:m=2020_ncl:r=tv,format=yuv420p10le",
    "P3": "p=smpte432:t=709:m=709:r=tv,format=yuv420p",
    "YCgCo": "p=709:t=709:m=ycgco:r=tv,format=yuv444p",
}


@pytest.mark.parametrize("name", sorted(COLOURS))
def test_red_stays_red(tmp_path, name):
    path = render(
        tmp_path, "a.mp4", "-vf", f"format=gbrp,zscale={RED}:{COLOURS[name]}",
        "-c:v", "libx264", "-preset", "ultrafast", "-qp", "4", source="color=red:size={size}",
    )  # fmt: skip

    red, green, blue = first_picture(path, tmp_path).getpixel((320, 180))

    assert red > 240
    assert max(green, blue) < 20


@pytest.mark.parametrize("transfer", ["smpte2084", "arib-std-b67"])
def test_white_paper_in_hdr_is_nearly_white(tmp_path, transfer):
    """Paper shines at 203 cd/m², grey reflects a fifth of that; a lamp is brighter than both."""
    paper = f"format=gbrp,zscale={RED}:p=2020:t={transfer}:npl=203:m=2020_ncl:r=tv"
    levels = {}
    for colour in ("white", "gray"):
        path = render(
            tmp_path, "a.mp4", "-vf", f"{paper},format=yuv420p10le",
            "-c:v", "libx264", "-preset", "ultrafast", "-qp", "4",
            source=f"color={colour}:size={{size}}",
        )  # fmt: skip
        levels[colour] = first_picture(path, tmp_path).getpixel((320, 180))

    assert all(205 <= level <= 235 for level in levels["white"])
    assert all(118 <= level <= 138 for level in levels["gray"])


@pytest.mark.django_db
def test_pixels_that_are_not_square_become_square(tmp_path):
    path = render(tmp_path, "a.mp4", *H264, "-vf", "setsar=4/3", size="720x540")
    source = processed(path).source

    assert (source.width, source.height) == (960, 540)
    assert [(one.width, one.height) for one in source.renditions.all()] == [(960, 540), (640, 360)]


def test_combed_pictures_are_combed_no_more(tmp_path):
    """Two half pictures of different moments: a white field over a black one, line by line."""
    path = render(
        tmp_path, "a.mp4", *H264, "-vf", "geq=lum='255*mod(Y,2)':cb=128:cr=128,setfield=tff",
        "-flags", "+ildct+ilme", source=BLACK,
    )  # fmt: skip
    assert probing.probe(path).video.interlaced

    image = first_picture(path, tmp_path).convert("L")

    lines = [image.getpixel((320, y)) for y in range(100, 140)]
    assert max(abs(one - other) for one, other in pairwise(lines)) < 60


BLACK = "color=black:size={size}:rate={rate}"


def first_picture(path, folder):
    """Of the smallest rung made of it."""
    made = folder / f"made-{path.name}"
    made.mkdir(exist_ok=True)
    with av.open(str(smallest_rung(path, probing.probe(path), made))) as opened:
        return next(opened.decode(video=0)).to_image()


def processed(path):
    with path.open("rb") as stream:
        video = services.add_video(
            merchant=MerchantFactory(), user=None, title="Odd", file=File(stream)
        )
    services.work()
    return video_by_uuid(video.uuid)


class Listener:
    """A port of this machine that counts who comes."""

    def __enter__(self):
        self.connections = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join(timeout=5)

    def _accept(self):
        while True:
            try:
                self._socket.accept()[0].close()
            except OSError:
                return
            self.connections += 1


def pointing_files(folder, address, secret):
    """Files that name the address or the secret, under every disguise."""
    texts = {
        "playlist": f"#EXTM3U\n#EXTINF:5,\n{address}\n#EXTINF:5,\nfile://{secret}\n",
        "list": f"ffconcat version 1.0\nfile {secret}\nfile {address}\n",
        "session": f"v=0\no=- 0 0 IN IP4 127.0.0.1\na=control:{address}\nm=video 9 RTP/AVP 96\n",
        "manifest": f"<?xml version='1.0'?><MPD><BaseURL>{address}</BaseURL></MPD>",
        "windows": f"<asx version='3.0'><entry><ref href='{address}'/></entry></asx>",
    }
    header = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom"
    files = []
    for name, text in texts.items():
        files.append(write(folder, text.encode(), f"{name}.mp4"))
        files.append(write(folder, header + text.encode(), f"{name}-behind-a-header.mp4"))
        files.append(write(folder, plain(folder) + text.encode(), f"{name}-behind-a-video.mp4"))
    return files


def has_strace():
    return subprocess.run(["which", "strace"], capture_output=True, check=False).returncode == 0  # noqa: S607


def probe_all(files, log):
    """In a process of its own, whose system calls and those of its children go to the log."""
    program = (
        "import sys, django; django.setup(); from pathlib import Path\n"
        "from media_pipeline import probing\n"
        "for path in sys.argv[1:]: probing.probe(Path(path))\n"
    )
    watched = ["strace", "-f", "-e", "trace=openat,connect", "-o", str(log)] if log else []
    subprocess.run(
        [*watched, sys.executable, "-c", program, *map(str, files)], check=True, timeout=300
    )
