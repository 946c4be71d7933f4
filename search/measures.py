"""Sizes and amounts as one term whatever unit they are written in: 15.6", 15.6 inch and 39.6 cm
find each other. Factors are exact by definition (SI; the inch since 1959, the pound since 1959,
the US gallon)."""

import re
from collections.abc import Iterator
from typing import NamedTuple

_UNITS = {
    # unit: (the unit it is counted in, factor)
    **dict.fromkeys(('"', "''", "\u2033", "\u201d", "inch", "inches", "zoll"), ("cm", 2.54)),
    "in": ("cm", 2.54),
    **dict.fromkeys(("ft", "foot", "feet"), ("cm", 30.48)),
    "mm": ("cm", 0.1),
    "cm": ("cm", 1.0),
    **dict.fromkeys(("m", "metre", "metres", "meter", "meters"), ("cm", 100.0)),
    "mg": ("g", 0.001),
    **dict.fromkeys(("g", "gram", "grams"), ("g", 1.0)),
    **dict.fromkeys(("kg", "kilo", "kilos", "kilogram", "kilograms"), ("g", 1000.0)),
    **dict.fromkeys(("oz", "ounce", "ounces"), ("g", 28.349523125)),
    **dict.fromkeys(("lb", "lbs", "pound", "pounds"), ("g", 453.59237)),
    "ml": ("ml", 1.0),
    "cl": ("ml", 10.0),
    **dict.fromkeys(("l", "litre", "litres", "liter", "liters"), ("ml", 1000.0)),
    **dict.fromkeys(("gallon", "gallons"), ("ml", 3785.411784)),
    **dict.fromkeys(("kb", "kilobyte", "kilobytes"), ("mb", 0.001)),
    **dict.fromkeys(("mb", "megabyte", "megabytes"), ("mb", 1.0)),
    **dict.fromkeys(("gb", "gigabyte", "gigabytes"), ("mb", 1000.0)),
    **dict.fromkeys(("tb", "terabyte", "terabytes"), ("mb", 1_000_000.0)),
    **dict.fromkeys(("w", "watt", "watts"), ("w", 1.0)),
    **dict.fromkeys(("kw", "kilowatt", "kilowatts"), ("w", 1000.0)),
    **dict.fromkeys(("mhz", "megahertz"), ("mhz", 1.0)),
    **dict.fromkeys(("ghz", "gigahertz"), ("mhz", 1000.0)),
    "mah": ("mah", 1.0),
    "ah": ("mah", 1000.0),
    **dict.fromkeys(("v", "volt", "volts"), ("v", 1.0)),
}
_MEASURE = re.compile(
    r"(\d(?<![\w.,/-]\d)\d{0,5}+(?:[.,]\d{1,4}+)?+)([ \u00a0-]?)"
    r"([a-zA-Z]++|''|[\"\u2033\u201d])(?!\w)"
)
_THOUSANDS = re.compile(r",(?=\d{3}$)")


class Measure(NamedTuple):
    start: int
    end: int
    term: str


def measures(text: str) -> Iterator[Measure]:
    """The measures in a text, each with its term: three significant digits in its kind's unit."""
    for match in _MEASURE.finditer(text):
        written_unit = match[3].lower()
        # 'in' is a word of its own more often than a unit: '4 in 1'. It counts where it touches
        # its number.
        if written_unit not in _UNITS or (written_unit == "in" and match[2]):
            continue
        written = _THOUSANDS.sub("", match[1]).replace(",", ".")
        unit, factor = _UNITS[written_unit]
        if amount := float(written) * factor:
            yield Measure(match.start(), match.end(), f"{float(f'{amount:.3g}'):.10g}{unit}")
