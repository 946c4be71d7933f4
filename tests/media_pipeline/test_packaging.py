"""Reading CMAF files, finished and growing, and writing what players read about them."""

from xml.etree import ElementTree

import pytest

from media_pipeline import packaging
from media_pipeline.packaging import BrokenFileError, fragments_of, read_fragment, read_index
from tests.factories.media_pipeline import tiny_video
from tests.media_pipeline.rungs import FLAGS, FRAME_RATE, make_rung


@pytest.fixture(scope="module")
def rung(tmp_path_factory):
    """Nine seconds with a key frame every two."""
    return make_rung(tmp_path_factory.mktemp("rendition"), seconds=9)


@pytest.fixture(scope="module")
def growing(rung):
    """What the encoder has written before it makes room for the index."""
    content = rung.path.read_bytes()
    return content[: rung.init_size] + content[rung.key_frames[0][0] :]


def playlist(name, *rungs):
    return packaging.playlist(name, rungs, frame_rate=FRAME_RATE)


def test_the_index_covers_the_file(rung):
    index = read_index(rung.path)

    assert [one.seconds for one in index.key_frames] == [2.0, 2.0, 2.0, 2.0, 1.0]
    assert [one.seconds for one in index.segments] == [4.0, 5.0]
    assert index.seconds == 9.0
    assert index.size == rung.path.stat().st_size
    first, second = index.segments
    assert first.offset == index.key_frames[0].offset
    assert first.offset + first.size == second.offset == index.key_frames[2].offset
    assert second.offset + second.size == index.size
    assert index.codecs == "avc1.42c01e,mp4a.40.2"


def test_a_file_that_was_cut_is_noticed_wherever_it_was_cut(rung, tmp_path):
    content = rung.path.read_bytes()
    for length in [0, 7, 10, 100, 1000, 1400, len(content) // 2, len(content) - 1]:
        cut = tmp_path / "cut.mp4"
        cut.write_bytes(content[:length])
        with pytest.raises(BrokenFileError):
            read_index(cut)


def test_an_ordinary_mp4_has_no_index(tmp_path):
    with pytest.raises(BrokenFileError):
        read_index(tiny_video(tmp_path / "plain.mp4"))


@pytest.mark.parametrize(
    ("seconds", "segments"),
    [
        ([2], [2]),
        ([2, 2], [4]),
        ([2, 2, 0.1], [4.1]),
        ([2, 2, 2], [6]),
        ([2, 2, 2, 2], [4, 4]),
        ([2, 2, 2, 2, 1], [4, 5]),
    ],
)
def test_segments_last_four_to_six_seconds(seconds, segments):
    fragments = [
        packaging.Fragment(100 * number, 100, length, 2.0 * number, 10, 5, number + 1)
        for number, length in enumerate(seconds)
    ]
    found = packaging.segments_of(fragments)

    assert [one.seconds for one in found] == segments
    assert sum(one.size for one in found) == 100 * len(seconds)


def test_the_peak_is_that_of_half_a_target_to_one_and_a_half():
    """RFC 8216, 4.3.4.2: of a target of 4 s runs of 2 to 6 s count, so the dear 0.5 s alone don't
    and with its neighbour they do."""
    rows = [(0, 1000, 4.0), (0, 1000, 4.0), (0, 4000, 0.5), (0, 1000, 4.0)]
    assert packaging.peak_rate(rows) == round(8 * 5000 / 4.5)
    assert packaging.average_rate(rows) == round(8 * 7000 / 12.5)
    assert packaging.peak_rate([(0, 1000, 0.2)]) == packaging.average_rate([(0, 1000, 0.2)])


def test_a_growing_file_gives_each_fragment_once_and_when_it_is_whole(rung, growing, tmp_path):
    path = tmp_path / "growing.mp4"
    found, start = [], 0
    for length in [*range(0, len(growing), 10_007), len(growing)]:
        path.write_bytes(growing[:length])
        init_size, fragments, start = fragments_of(path, start)
        assert init_size in (0, rung.init_size)
        assert (init_size == 0) == (length < rung.init_size)
        for one in fragments:
            assert one.offset + one.size <= length
            assert growing[one.offset + 4 : one.offset + 8] == b"moof"
            assert read_fragment(path, one) == growing[one.offset : one.offset + one.size]
        found += fragments

    assert [one.number for one in found] == [1, 2, 3, 4, 5]
    assert [one.seconds for one in found] == [2.0, 2.0, 2.0, 2.0, 1.0]
    assert [one.start for one in found] == [0.0, 2.0, 4.0, 6.0, 8.0]
    assert (
        growing[: rung.init_size]
        + b"".join(growing[one.offset : one.offset + one.size] for one in found)
        == growing
    )
    assert start == len(growing)
    assert fragments_of(path, start) == (rung.init_size, [], start)


def test_a_file_that_was_moved_meanwhile_gives_nothing(rung, growing, tmp_path):
    """At its end the encoder moves all fragments to make room for the index."""
    path = tmp_path / "growing.mp4"
    path.write_bytes(growing[:-1000])
    _, fragments, start = fragments_of(path, 0)
    path.write_bytes(rung.path.read_bytes())

    assert fragments_of(path, start) == (rung.init_size, [], start)
    for one in fragments:
        with pytest.raises(BrokenFileError):
            read_fragment(path, one)


def test_what_is_no_such_file_is_refused_while_it_grows(tmp_path):
    with pytest.raises(BrokenFileError):
        fragments_of(tiny_video(tmp_path / "plain.mov"), 0)
    with pytest.raises(BrokenFileError):
        packaging.codecs_of(tmp_path / "plain.mov")
    sound = tmp_path / "sound.mp4"
    tiny_video(sound, options=("-vn", "-movflags", FLAGS))
    with pytest.raises(BrokenFileError):
        fragments_of(sound, 0)


def test_the_codecs_of_a_growing_file(rung, growing, tmp_path):
    path = tmp_path / "growing.mp4"
    path.write_bytes(growing[: rung.init_size])
    assert packaging.codecs_of(path) == rung.codecs
    path.write_bytes(growing[: rung.init_size - 1])
    with pytest.raises(BrokenFileError):
        packaging.codecs_of(path)


def test_the_master_playlist_begins_near_two_megabits(rung):
    names = {"1080p": 4_500_000, "720p": 2_300_000, "360p": 700_000}
    rungs = [type(rung)(**vars(rung) | {"name": n, "bandwidth": b}) for n, b in names.items()]
    text = playlist("master.m3u8", *rungs)

    assert [line for line in text.splitlines() if not line.startswith("#")] == [
        "720p.m3u8",
        "360p.m3u8",
        "1080p.m3u8",
    ]
    assert text.count("#EXT-X-I-FRAME-STREAM-INF") == 3


def test_playlists_that_there_are_not(rung):
    for name in ("720p.m3u8", "360p.mp4", "iframes.m3u8", ""):
        assert playlist(name, rung) is None
    assert playlist("master.m3u8") is None


def test_the_manifest_says_where_each_index_is(rung):
    root = ElementTree.fromstring(playlist("manifest.mpd", rung))  # noqa: S314 - our own
    names = {"": "urn:mpeg:dash:schema:mpd:2011"}
    entry = root.find("Period/AdaptationSet/Representation", names)
    base = entry.find("SegmentBase", names)
    first, last = map(int, base.get("indexRange").split("-"))
    content = rung.path.read_bytes()

    assert content[first + 4 : first + 8] == b"sidx"
    assert content[last + 5 : last + 9] == b"sidx"  # the sound's follows
    assert base.find("Initialization", names).get("range") == f"0-{rung.init_size - 1}"
    assert entry.findtext("BaseURL", "", names) == "360p.mp4"


def test_a_growing_playlist_only_grows():
    first = packaging.growing_playlist([2.0, 2.0], target=2, ended=False)
    last = packaging.growing_playlist([2.0, 2.0, 1.5], target=2, ended=True)

    assert last.startswith(first)
    assert last[len(first) :] == "#EXTINF:1.50000,\nfirst/2.m4s\n#EXT-X-ENDLIST\n"
    assert "#EXT-X-PLAYLIST-TYPE:EVENT" in first
    assert "ENDLIST" not in first


def test_the_storyboard_names_a_tile_for_each_moment():
    details = {"interval": 2, "columns": 2, "tiles": 3, "width": 160, "height": 90}
    assert packaging.storyboard(details, duration=3605.5, file="sprite.webp") == (
        "WEBVTT\n\n"
        "00:00:00.000 --> 00:00:02.000\nsprite.webp#xywh=0,0,160,90\n\n"
        "00:00:02.000 --> 00:00:04.000\nsprite.webp#xywh=160,0,160,90\n\n"
        "00:00:04.000 --> 01:00:05.500\nsprite.webp#xywh=0,90,160,90\n"
    )
