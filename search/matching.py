"""A query's words as every engine understands them: what must be found, what may be, and how
strictly. Engines turn this into their own language; they never see what was typed."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from search import thesaurus
from search.analysis import Unit, joined_pair, query_units
from search.heads import seek_accessory
from search.thesaurus import LONGEST, Phrase, Thesaurus

MOST_ALIKE = 8
"""Words by which likeness is judged."""


class Rewriting(NamedTuple):
    """Several neighbouring words of a query that may be one phrase elsewhere: 'head set' is
    'headset', and 'hard drive' is 'hdd'."""

    start: int
    end: int
    """Of the units it stands for: from the first to before this one."""
    phrases: tuple[Phrase, ...]
    is_synonym: bool


@dataclass(frozen=True)
class Words:
    """The words of a query, analysed."""

    units: tuple[Unit, ...]
    rewritings: tuple[Rewriting, ...] = ()

    @classmethod
    def of(cls, text: str) -> "Words":
        known = thesaurus.current()
        units = tuple(_with_synonyms(unit, known) for unit in query_units(text))
        return cls(units, (*_joined_pairs(units), *_synonymous_spans(units, known)))

    @classmethod
    def alike(cls, title_terms: str, head_terms: str) -> "Words":
        """What something like this would have: the words of its name, and what it is last."""
        named = [term for term in title_terms.split() if term.isalpha()]
        heads = head_terms.split()[:2]
        terms = [*dict.fromkeys(term for term in named if term not in heads), *heads]
        return cls(tuple(Unit(term, ((term,),)) for term in terms[-MOST_ALIKE:]))

    def __bool__(self) -> bool:
        return bool(self.units)

    @cached_property
    def literal(self) -> "Words":
        """The same without synonyms."""
        units = tuple(replace(unit, synonyms=()) for unit in self.units)
        joined = (rewriting for rewriting in self.rewritings if not rewriting.is_synonym)
        return Words(units, tuple(joined))

    @cached_property
    def terms(self) -> frozenset[str]:
        """Every term that any spelling has, and the rewritings; for marking."""
        phrases = [phrase for unit in self.units for phrase in (*unit.spellings, *unit.synonyms)]
        phrases += [phrase for rewriting in self.rewritings for phrase in rewriting.phrases]
        return frozenset(term for phrase in phrases for term in phrase)

    @cached_property
    def phrase(self) -> Phrase:
        """The words one after another, as typed."""
        return tuple(term for unit in self.units for term in unit.spellings[0])

    @cached_property
    def last(self) -> tuple[str, ...]:
        """The ways to write the last word, which says what is sought ('laptop bag': a bag)."""
        if not self.units:
            return ()
        phrases = [*self.units[-1].spellings, *self.units[-1].synonyms]
        for rewriting in self.rewritings:
            if rewriting.end == len(self.units):
                phrases += rewriting.phrases
        return tuple(dict.fromkeys(phrase[-1] for phrase in phrases))

    @cached_property
    def thing_has_other_names(self) -> bool:
        """Whether there are synonyms of the last word."""
        return bool(self.units and self.units[-1].synonyms)

    @cached_property
    def seek_accessory(self) -> bool:
        """Whether what is sought goes with another thing, as cases and cables do."""
        return seek_accessory(self.terms)

    def without(self, rewriting: Rewriting) -> tuple[Unit, ...]:
        """The units that it doesn't stand for."""
        return self.units[: rewriting.start] + self.units[rewriting.end :]


def _with_synonyms(unit: Unit, known: Thesaurus) -> Unit:
    found = (other for spelling in unit.spellings for other in known.of_phrase(spelling))
    others = tuple(dict.fromkeys(other for other in found if other not in unit.spellings))
    return replace(unit, synonyms=others)


def _joined_pairs(units: tuple[Unit, ...]) -> Iterator[Rewriting]:
    for start, (left, right) in enumerate(pairwise(units)):
        yield Rewriting(start, start + 2, ((joined_pair(left, right),),), is_synonym=False)


def _synonymous_spans(units: tuple[Unit, ...], known: Thesaurus) -> Iterator[Rewriting]:
    for start in range(len(units)):
        for end in range(start + 2, min(len(units), start + LONGEST) + 1):
            span = tuple(term for unit in units[start:end] for term in unit.spellings[0])
            if others := known.of_phrase(span):
                yield Rewriting(start, end, others, is_synonym=True)
