import importlib
from collections import Counter
from pathlib import Path

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


BENCHMARKS = Path(__file__).resolve().parents[2] / "benchmarks"


@pytest.fixture
def corpus(monkeypatch):
    """All labelled clips, as recipes; none is made here."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    modules = [importlib.import_module(path.stem) for path in BENCHMARKS.glob("findings_*.py")]
    return [case for module in modules for case in getattr(module, "CORPUS", [])]


def test_the_corpus_has_a_dozen_clips_for_every_kind(corpus):
    assert len({case.name for case in corpus}) == len(corpus)
    labels = Counter(kind for case in corpus for kind in case.kinds)
    assert set(labels) | {"duplicate", "unchecked"} == set(FindingKind.values)
    assert {kind: count for kind, count in labels.items() if count < 12} == {}
    without = [case for case in corpus if not case.kinds]
    assert len(without) > 100
