import pytest

from media_pipeline.choices import FindingKind
from media_pipeline.findings import MEANINGS, Level, kinds_at, level_of


@pytest.mark.parametrize("kind", FindingKind)
def test_every_kind_says_what_it_means_and_what_to_do(kind):
    meaning = MEANINGS[kind]
    for sentence in (meaning.meaning, meaning.remedy, meaning.judgement):
        assert str(sentence).endswith(".")


def test_what_leads_away_or_could_hurt_waits_for_an_editor():
    assert set(kinds_at(Level.SERIOUS)) == {
        "flashes",
        "code",
        "address",
        "telephone",
        "price",
        "duplicate",
        "watermark",
    }


def test_the_levels_have_every_kind_once():
    assert sorted(kind for level in Level for kind in kinds_at(level)) == sorted(FindingKind.values)
    assert level_of("blocks") is Level.ADVICE
