"""What is not whole is never served: every way of being broken is noticed."""

import struct

import pytest

from media_pipeline import packaging
from media_pipeline.packaging import BrokenFileError
from media_pipeline.validation import check_alignment, decoded, decoded_key_frames, validated
from tests.factories.media_pipeline import tiny_video
from tests.media_pipeline.rungs import FLAGS, make_rung

WHOLE = {"seconds": 5, "has_sound": True, "frame_rate": 25}


@pytest.fixture(scope="module")
def rung(tmp_path_factory):
    return make_rung(tmp_path_factory.mktemp("rung"), seconds=5)


@pytest.fixture
def changed(rung, tmp_path):
    """Writes the rung with some bytes changed, and returns the new file's path."""

    def write(*changes):
        content = bytearray(rung.path.read_bytes())
        for at, new in changes:
            content[at : at + len(new)] = new
        path = tmp_path / "changed.mp4"
        path.write_bytes(content)
        return path

    return write


def refusal_of(path, **expected):
    with pytest.raises(BrokenFileError) as caught:
        validated(path, **WHOLE | expected)
    return str(caught.value)


def test_a_whole_rung_is_whole(rung):
    index = validated(rung.path, **WHOLE)

    assert [one.seconds for one in index.key_frames] == [2.0, 2.0, 1.0]
    assert (index.width, index.height, index.frames) == (640, 360, 125)
    assert index.sound_seconds == pytest.approx(5, abs=0.05)


@pytest.mark.parametrize(
    ("expected", "sentence"),
    [
        ({"has_sound": False}, "unexpected sound"),
        ({"frame_rate": 30}, "125 frames and not 150"),
        ({"seconds": 4}, "It lasts 5.0 s and not 4.0"),
    ],
)
def test_what_was_expected_must_be_there(rung, expected, sentence):
    assert sentence in refusal_of(rung.path, **expected)


def test_sound_must_be_there(tmp_path):
    silent = make_rung(tmp_path, seconds=2, audio=False)
    assert refusal_of(silent.path, seconds=2) == "There is no sound."


def test_key_frames_must_come_every_two_seconds(tmp_path):
    rare = make_rung(tmp_path, seconds=5, options=("-g", "75"))
    assert refusal_of(rare.path) == "Two key frames are too far apart."


def test_key_frames_must_decode_wherever_they_are_damaged(rung, changed):
    for offset, size, _ in rung.key_frames:
        for share in (0.3, 0.6, 0.9):
            path = changed((offset + round(size * share), bytes(40)))
            assert "decoded" in refusal_of(path)


def test_a_key_frame_must_be_one(rung, changed):
    """Nothing but the kind of the NAL unit (its last five bits) says so."""
    content = rung.path.read_bytes()
    offset, size, _ = rung.key_frames[1]
    units, at = [], content.index(b"mdat", offset) + 4
    while at < offset + size:
        units.append(at + 4)
        at += 4 + struct.unpack_from(">I", content, at)[0]
    instant = next(at for at in units if content[at] & 0x1F == 5)

    assert "decoded" in refusal_of(changed((instant, bytes([content[instant] & 0xE0 | 1]))))


def test_the_sound_must_decode(rung, changed):
    _, fragments, _ = packaging.fragments_of(rung.path, 0)
    changes = []
    for one in fragments:  # the second half of each is sound, or the end of the picture
        end = one.offset + one.size
        changes.append((end - 20_000, b"\xff" * 20_000))
    assert "decoded" in refusal_of(changed(*changes))


@pytest.mark.parametrize(
    ("kind", "at", "new", "sentence"),
    [
        (b"sidx", 36, b"\0\0\0\x01", "The index does not point at the fragments"),
        (b"mfhd", 8, b"\0\0\0\x09", "aren't numbered"),
        (b"tfdt", 8, b"\0\0\0\0\0\0\0\x05", "Time jumps"),
        (b"trun", 12, b"\0\0\0\x10", "aren't where it says"),
        (b"tfhd", 4, b"\0\x02\0\x3b", "by its place in the file"),
        (b"soun", 0, b"text", "one picture"),
        (b"avcC", 0, b"free", "codec"),
        (b"moov", 0, b"free", "begins with"),
        (b"mdat", 0, b"free", "header and its data"),
    ],
)
def test_structure_must_be_as_expected(rung, changed, kind, at, new, sentence):
    place = rung.path.read_bytes().rindex(kind)
    assert sentence in refusal_of(changed((place + at, new)))


def test_an_index_of_another_file_is_noticed(rung, tmp_path):
    content = rung.path.read_bytes()
    path = tmp_path / "longer.mp4"
    path.write_bytes(content + content[rung.key_frames[-1][0] :])
    assert "index" in refusal_of(path)


def test_rungs_must_have_their_key_frames_together(rung, tmp_path):
    other = make_rung(tmp_path, seconds=5, options=("-g", "25"))
    indexes = [packaging.read_index(one.path) for one in (rung, rung)]
    check_alignment(indexes)

    with pytest.raises(BrokenFileError):
        check_alignment([*indexes, packaging.read_index(other.path)])


def test_key_frames_decode_by_themselves(rung):
    ranges = [(first, size) for first, size, _ in rung.key_frames]
    assert decoded_key_frames(rung.path, rung.init_size, ranges) == [(640, 360)] * 3
    beside = [(ranges[0][0] + 1, ranges[0][1])]
    assert decoded_key_frames(rung.path, rung.init_size, beside) == [(0, 0)]


def test_av1_is_looked_at_too(tmp_path):
    """For the rungs of a second pass."""
    path = tiny_video(
        tmp_path / "av1.mp4",
        seconds=2,
        options=("-c:v", "libsvtav1", "-preset", "12", "-movflags", FLAGS),
    )
    index = validated(path, seconds=2, has_sound=True, frame_rate=25)

    assert index.codecs == "av01.0.01M.08,mp4a.40.2"
    assert decoded(path).key_frames == 1
