"""The editors' synonyms, read into a shape in which a query's words are looked up."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from search.analysis import query_units
from search.models import Synonyms
from search.remembered import Remembered

LONGEST = 4
"""Words of a phrase."""
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


def _read() -> Thesaurus:
    rows = Synonyms.objects.filter(is_active=True).values_list("words", "also_finds")
    return Thesaurus.of(rows)


current = Remembered(_read)
"""As editors have it now, or had it a few seconds ago."""
