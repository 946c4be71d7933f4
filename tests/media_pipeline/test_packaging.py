import pytest

from media_pipeline.packaging import BrokenFileError, read_index
from tests.factories.media_pipeline import tiny_video

FLAGS = "+cmaf+frag_keyframe+global_sidx+delay_moov+skip_trailer"


@pytest.fixture(scope="module")
def rendition(tmp_path_factory):
    """Five seconds with a key frame every two, so in three fragments and one segment."""
    path = tmp_path_factory.mktemp("rendition") / "clip.mp4"
    return tiny_video(path, seconds=5, options=("-movflags", FLAGS))


def test_the_index_covers_the_file(rendition):
    index = read_index(rendition)

    assert [segment.seconds for segment in index.segments] == [5.0]
    assert [one.seconds for one in index.key_frames] == [2.0, 2.0, 1.0]
    assert index.seconds == pytest.approx(5)
    assert index.size == rendition.stat().st_size
    assert index.segments[-1].offset + index.segments[-1].size == index.size
    assert all(
        one.offset + one.size == next_one.offset
        for one, next_one in zip(index.segments, index.segments[1:], strict=False)
    )
    assert index.codecs.endswith(",mp4a.40.2")
    assert index.average_bandwidth <= index.bandwidth


def test_a_file_that_was_cut_is_noticed_wherever_it_was_cut(rendition, tmp_path):
    content = rendition.read_bytes()
    for length in [10, 100, 1000, 1400, len(content) // 2, len(content) - 1]:
        cut = tmp_path / "cut.mp4"
        cut.write_bytes(content[:length])
        with pytest.raises(BrokenFileError):
            read_index(cut)


def test_an_ordinary_mp4_has_no_index(tmp_path):
    with pytest.raises(BrokenFileError):
        read_index(tiny_video(tmp_path / "plain.mp4"))
