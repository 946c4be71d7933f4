"""Figures beside their references and bars, as the benchmarks print them."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass
class Row:
    what: str
    value: float
    unit: str
    reference: str
    bar: float | None
    """None where it is shown for comparison only."""
    higher_is_better: bool = False
    slack: float = 0.0
    """The share of the bar by which it may fall short and still be as good: what is within the
    noise of its measure."""

    @property
    def is_good(self) -> bool:
        if self.bar is None:
            return True
        if self.higher_is_better:
            return self.value >= self.bar * (1 - self.slack)
        return self.value <= self.bar


def report(rows: Sequence[Row], json_file: Path | None) -> None:
    """Prints them, and writes them where a file is named."""
    for row in rows:
        bar = "reference" if row.bar is None else f"bar {row.bar:g}"
        missed = "" if row.is_good else "MISSED"
        print(f"{row.what:<30}{row.value:9.3f} {row.unit:<9} {bar:<10} {missed:<7}{row.reference}")
    if json_file:
        json_file.write_text(json.dumps([asdict(row) for row in rows], indent=2))
