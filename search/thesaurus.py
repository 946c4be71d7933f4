"""The editors' synonyms, read into a shape in which a query's words are looked up."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic

from search.analysis import query_units
from search.models import Synonyms

LONGEST = 4
"""Words of a phrase."""
REMEMBERED = 5.0
"""Seconds after which a process looks whether editors changed something."""
Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Thesaurus:
    """For each phrase, as terms, the phrases that find what it is also called."""

    others: Mapping[Phrase, tuple[Phrase, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, groups: Iterable[tuple[str, str]]) -> "Thesaurus":
        """From pairs of words that mean the same, and words that those find as well; both with
        commas between."""
        others: dict[Phrase, dict[Phrase, None]] = {}
        for same, also in groups:
            equals, found = phrases(same), phrases(also)
            for phrase in equals:
                known = others.setdefault(phrase, {})
                known.update((other, None) for other in (*equals, *found) if other != phrase)
        return cls({phrase: tuple(known) for phrase, known in others.items()})

    def of_phrase(self, phrase: Phrase) -> tuple[Phrase, ...]:
        return self.others.get(phrase, ())


def phrases(written: str) -> list[Phrase]:
    """What stands between the commas, as terms; nothing longer than LONGEST words."""
    analysed = (phrase_of(part) for part in written.replace("\n", ",").split(","))
    return [phrase for phrase in dict.fromkeys(analysed) if 0 < len(phrase) <= LONGEST]


def phrase_of(text: str) -> Phrase:
    """The terms of a word or phrase one after another."""
    return tuple(term for unit in query_units(text) for term in unit.spellings[0])


def current() -> Thesaurus:
    """As editors have it now, give or take REMEMBERED seconds."""
    with _memory.lock:
        if _memory.thesaurus is None or monotonic() > _memory.until:
            rows = Synonyms.objects.filter(is_active=True).values_list("words", "also_finds")
            _memory.thesaurus = Thesaurus.of(rows)
            _memory.until = monotonic() + REMEMBERED
        return _memory.thesaurus


def forget() -> None:
    """Read again at the next search; called in the process that changed something."""
    with _memory.lock:
        _memory.thesaurus = None


@dataclass
class _Memory:
    lock: Lock = field(default_factory=Lock)
    thesaurus: Thesaurus | None = None
    until: float = 0.0


_memory = _Memory()
