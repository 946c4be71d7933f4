"""The validator of streams: silent about good ones, and not about any way of breaking them."""

import re
from dataclasses import replace
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from media_pipeline import blobs
from media_pipeline.models import Rendition
from media_pipeline.streams import check_streams
from tests.factories.media_pipeline import VideoFactory
from tests.media_pipeline.rungs import FolderReader, make_rung, rung_of


@pytest.fixture(scope="module")
def rungs(tmp_path_factory):
    """Nine seconds, with sound, in two sizes."""
    folder = tmp_path_factory.mktemp("rungs")
    return [make_rung(folder, seconds=9, size=size) for size in ((960, 540), (640, 360))]


def problems_of(*rungs, decode=False, change=lambda address, text: text):
    return [str(one) for one in check_streams(FolderReader(*rungs, change=change), decode=decode)]


def test_good_streams_have_no_problem(rungs):
    assert problems_of(*rungs, decode=True) == []
    assert [len(rung.key_frames) for rung in rungs] == [5, 5]
    assert [row[2] for row in rungs[0].segments] == [4.0, 5.0]


def test_so_has_one_without_sound(tmp_path):
    rung = make_rung(tmp_path, seconds=3, audio=False)
    assert problems_of(rung, decode=True) == []
    assert rung.codecs.startswith("avc1.")
    assert "," not in rung.codecs


def test_rungs_of_a_second_pass_stand_beside_the_others(rungs, tmp_path):
    """As AV1, with the same key frames."""
    options = ("-c:v", "libsvtav1", "-preset", "12", "-g", "50", "-svtav1-params", "scd=0")
    smaller = make_rung(tmp_path, seconds=9, options=options, name="360p-av1")

    assert problems_of(*rungs, smaller, decode=True) == []
    assert smaller.codecs.startswith("av01.0.")


def scaled(factor, attribute):
    """A change that makes the attribute's numbers larger or smaller."""

    def change(address, text):
        return re.sub(
            rf"(?<=[:,]){attribute}=([\d.]+)",
            lambda found: f"{attribute}={round(float(found[1]) * factor)}",
            text,
        )

    return change


def replaced(old, new):
    return lambda address, text: text.replace(old, new)


CHANGES = {
    "a peak that is promised too low": (scaled(0.8, "BANDWIDTH"), "BANDWIDTH says"),
    "an average that is promised too high": (
        scaled(1.2, "AVERAGE-BANDWIDTH"),
        "AVERAGE-BANDWIDTH says",
    ),
    "another codec": (replaced("avc1.", "avc1.64"), "CODECS says"),
    "no sound in CODECS": (replaced(",mp4a.40.2", ""), "CODECS says"),
    "another size": (replaced("RESOLUTION=960x540", "RESOLUTION=900x540"), "RESOLUTION says"),
    "another frame rate": (scaled(1.2, "FRAME-RATE"), "FRAME-RATE says"),
    "a target that is too short": (
        replaced("TARGETDURATION:5", "TARGETDURATION:4"),
        "exceeds the target",
    ),
    "a target that is too long": (
        replaced("TARGETDURATION:5", "TARGETDURATION:9"),
        "The target duration is 9",
    ),
    "a duration that is wrong": (replaced("EXTINF:4.0", "EXTINF:3.9"), "is announced with"),
    "an end that is not told": (replaced("#EXT-X-ENDLIST", ""), "a finished video"),
    "no header": (lambda _, text: re.sub("#EXT-X-MAP.*", "", text), "There is nothing in it"),
    "an old version": (replaced("VERSION:7", "VERSION:4"), "knows no header"),
    "no beginning": (replaced("#EXTM3U", "#EXT"), "begin with #EXTM3U"),
    "a segment without its length": (replaced("#EXTINF", "#EXT-INF"), "no duration"),
    "a rung that isn't there": (replaced("540p.m3u8", "720p.m3u8"), "There is no 720p.m3u8"),
    "no key frames' list": (
        lambda _, text: re.sub("#EXT-X-I-FRAME-STREAM.*", "", text),
        "list of its key frames",
    ),
    "key frames that aren't said to be": (replaced("#EXT-X-I-FRAMES-ONLY", ""), "key frames only"),
    "a manifest that isn't XML": (replaced("<MPD", "<MPD <"), "manifest.mpd: It can't be read"),
    "a manifest of something live": (replaced('"static"', '"dynamic"'), "finished video"),
    "a manifest with a wrong index": (
        lambda _, text: re.sub(r'indexRange="(\d+)-', r'indexRange="1\1-', text),
        "manifest.mpd: 540p:",
    ),
    "a manifest with a wrong length": (replaced('"PT9.000S"', '"PT8.000S"'), "it lasts 9.000 s"),
    "a manifest with another codec": (replaced('codecs="avc1', 'codecs="avc2'), "codecs are"),
}


@pytest.mark.parametrize(("change", "expected"), CHANGES.values(), ids=CHANGES.keys())
def test_what_playlists_promise_wrongly_is_told(rungs, change, expected):
    found = problems_of(*rungs, change=change)
    assert any(expected in one for one in found), found


def test_ranges_that_miss_are_told(rungs):
    shifted = [[first + 1, size, seconds] for first, size, seconds in rungs[0].segments]
    cut = [[first, size - 1, seconds] for first, size, seconds in rungs[0].key_frames]

    assert "540p.m3u8: The box" in problems_of(replace(rungs[0], segments=shifted))[0]
    found = problems_of(replace(rungs[0], key_frames=cut))
    assert found == ["540p-iframes.m3u8: A key frame's bytes aren't exactly it."]


def test_rungs_whose_key_frames_differ_are_told(rungs, tmp_path):
    other = make_rung(
        tmp_path, seconds=9, options=("-force_key_frames", "0,1.5,3.5,5.5,7.5", "-g", "100")
    )
    found = problems_of(rungs[0], other)
    assert any("Two key frames are only 1.5" in one for one in found)
    assert any("Its key frames are at other times than 540p.m3u8's" in one for one in found)
    assert any("Fragments aren't aligned" in one for one in found)


def test_key_frames_too_far_apart_are_told(tmp_path):
    rung = make_rung(tmp_path, seconds=7, options=("-g", "75"))
    found = problems_of(rung)
    assert "360p.m3u8: Two key frames are 3.00 s apart." in found


def test_a_key_frame_that_needs_another_is_told(tmp_path):
    """With open groups of pictures x264 writes recovery points in place of most IDRs."""
    rung = make_rung(
        tmp_path,
        seconds=5,
        options=("-preset", "fast", "-bf", "2", "-x264-params", "open-gop=1:keyint=50"),
    )
    assert any("isn't an instant refresh (IDR)" in one for one in problems_of(rung))


def test_a_damaged_key_frame_is_told(rungs, tmp_path):
    content = bytearray(rungs[1].path.read_bytes())
    first, size, _ = rungs[1].key_frames[2]
    middle = first + size - 500
    content[middle : middle + 40] = bytes(40)
    path = tmp_path / "360p.mp4"
    path.write_bytes(content)

    found = problems_of(rung_of(path, (640, 360)), decode=True)
    assert found == ["360p-iframes.m3u8: Of 5 key frames 1 can't be decoded by themselves."]


def test_a_peak_far_above_the_average_is_advice(tmp_path):
    """Four seconds of noise behind twelve of a picture that stands still."""
    rung = make_rung(
        tmp_path,
        seconds=16,
        audio=False,
        options=(
            "-vf",
            "drawbox=t=fill:c=gray:enable='lt(t,12)'",
            "-maxrate",
            "9M",
            "-bufsize",
            "9M",
            "-crf",
            "10",
        ),
    )
    found = problems_of(rung)
    assert len(found) == 1
    assert re.fullmatch(r"360p.m3u8: \(advice\) The peak is \d.\d times the average.", found[0])


@pytest.mark.django_db
def test_the_command_checks_what_is_stored():
    video = VideoFactory()
    VideoFactory(source__ready=False)
    output = StringIO()
    call_command("check_streams", stdout=output)
    assert output.getvalue() == "Streams checked: 1; with errors: 0.\n"

    rendition = Rendition.objects.get(source=video.source)
    rendition.bandwidth *= 2
    rendition.save()
    output = StringIO()
    with pytest.raises(CommandError):
        call_command("check_streams", str(video.uuid), "--no-decode", stdout=output)
    assert f"360p.m3u8: BANDWIDTH says {rendition.bandwidth}" in output.getvalue()

    blobs.delete_files(rendition.path)
    output = StringIO()
    with pytest.raises(CommandError):
        call_command("check_streams", "--no-decode", stdout=output)
    assert "No such file" in output.getvalue()
