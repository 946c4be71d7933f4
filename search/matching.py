"""A query's words as every engine understands them: what must be found, what may be, and how
strictly. Engines turn this into their own language; they never see what was typed."""

from dataclasses import dataclass
from functools import cached_property

from search.analysis import Unit, joined_pair, query_units


@dataclass(frozen=True)
class Words:
    """The words of a query, analysed."""

    units: tuple[Unit, ...]

    @classmethod
    def of(cls, text: str) -> "Words":
        return cls(tuple(query_units(text)))

    def __bool__(self) -> bool:
        return bool(self.units)

    @cached_property
    def terms(self) -> frozenset[str]:
        """Every term that any spelling has, and the joined pairs; for marking."""
        spelt = {term for unit in self.units for s in unit.spellings for term in s}
        return frozenset(spelt | {pair for _index, pair in self.pairs})

    @cached_property
    def phrase(self) -> tuple[str, ...]:
        """The words one after another, as typed."""
        return tuple(term for unit in self.units for term in unit.spellings[0])

    @cached_property
    def last(self) -> tuple[str, ...]:
        """The ways to write the last word, which says what is sought ('laptop bag': a bag)."""
        if not self.units:
            return ()
        joined = [pair for index, pair in self.pairs if index == len(self.units) - 2]
        return tuple(dict.fromkeys([s[-1] for s in self.units[-1].spellings] + joined))

    @cached_property
    def pairs(self) -> tuple[tuple[int, str], ...]:
        """Neighbours as one word ('head set', 'headset'), with the place of the first."""
        neighbours = enumerate(zip(self.units, self.units[1:], strict=False))
        return tuple((index, joined_pair(left, right)) for index, (left, right) in neighbours)

    def without(self, index: int, count: int = 1) -> tuple[Unit, ...]:
        """The units but `count` from `index` on."""
        return self.units[:index] + self.units[index + count :]
