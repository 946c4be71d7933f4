import pytest

from media_pipeline.analysis import sound
from media_pipeline.encoding.sound import Loudness
from tests.media_pipeline.leftovers import leave

DURATION = 60.0


def heard(folder, **facts):
    loudness = Loudness(**{"integrated": -20.0, "seconds": DURATION} | facts)
    return leave(folder, duration=DURATION, loudness=loudness.as_facts())


def test_long_silences_are_found_and_pauses_are_not(tmp_path):
    material = heard(tmp_path, silences=[[3.0, 5.0], [20.0, 31.5]])
    (found,) = sound.silence(material)
    assert (found.kind, found.start, found.end) == ("silence", 20.0, 31.5)


def test_a_sound_track_without_sound_is_one_silence(tmp_path):
    material = heard(tmp_path, integrated=None, silences=[[0.0, 59.9]])
    (found,) = sound.silence(material)
    assert (found.start, found.end) == (0.0, DURATION)
    assert sound.quiet(material) == []


@pytest.mark.parametrize(
    ("integrated", "detail"),
    [(-38.2, "−38 LUFS"), (-4.6, "−5 LUFS"), (-24.0, None), (-9.0, None), (None, None)],
)
def test_what_is_far_from_the_usual_loudness_is_found(tmp_path, integrated, detail):
    found = sound.quiet(heard(tmp_path, integrated=integrated))
    assert [one.detail for one in found] == ([detail] if detail else [])


def test_overdriven_stretches_are_findings(tmp_path):
    found = sound.clipping(heard(tmp_path, overdriven=[[1.0, 2.5], [9.0, 9.4]]))
    assert [(one.kind, one.start, one.end) for one in found] == [
        ("clipping", 1.0, 2.5),
        ("clipping", 9.0, 9.4),
    ]


def test_a_video_without_a_sound_track_has_no_findings_of_sound(tmp_path):
    material = leave(tmp_path, duration=DURATION, loudness={})
    assert sound.silence(material) == sound.quiet(material) == sound.clipping(material) == []
