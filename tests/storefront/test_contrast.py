"""The colours of the design, as they stand in the style sheet: WCAG 2.2 AA in light and dark."""

import gzip
import re
from pathlib import Path

import pytest
from django.conf import settings

SHEET = Path(settings.BASE_DIR) / "static" / "css" / "auditorium.css"
TEXT = 4.5
EDGE = 3.0  # borders of controls, icons, the focus ring

# (foreground, background, the contrast it must have)
PAIRS = [
    *[("ink", ground, TEXT) for ground in ("paper", "card", "sunk")],
    *[("ink-soft", ground, TEXT) for ground in ("paper", "card", "sunk")],
    *[("link", ground, TEXT) for ground in ("paper", "card", "sunk")],
    *[("line-strong", ground, EDGE) for ground in ("paper", "card", "sunk")],
    *[("focus", ground, EDGE) for ground in ("paper", "card", "sunk")],
    ("action-ink", "action", TEXT),
    ("action-ink", "action-strong", TEXT),
    ("action", "card", EDGE),
    *[
        (ink, ground, TEXT)
        for ink in ("house-ink", "house-soft")
        for ground in ("house", "house-deep")
    ],
    ("house-ink", "house-line", TEXT),
    *[("limelight", ground, TEXT) for ground in ("house", "house-deep")],
    ("limelight-ink", "limelight", TEXT),
    *[(tone, f"{tone}-ground", TEXT) for tone in ("good", "bad", "care", "news")],
    *[(tone, "card", TEXT) for tone in ("good", "bad")],
    ("paper", "ink", TEXT),
    ("ink", "mark", TEXT),
    ("ink-soft", "mark", TEXT),
]


def tokens(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", css))


def schemes() -> dict[str, dict[str, str]]:
    css = SHEET.read_text()
    light_part, dark_part = css.split("@media (prefers-color-scheme: dark)", 1)
    light = tokens(light_part)
    return {"light": light, "dark": light | tokens(dark_part.split("/* --- Ground", 1)[0])}


def luminance(colour: str) -> float:
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_black_on_white_has_the_contrast_that_the_standard_says():
    assert round(contrast("#000000", "#ffffff"), 2) == 21


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
def test_contrast_is_enough(scheme, ink, ground, least):
    colours = schemes()[scheme]
    assert contrast(colours[ink], colours[ground]) >= least


def test_the_dark_scheme_changes_what_it_must():
    light, dark = schemes()["light"], schemes()["dark"]
    assert luminance(light["paper"]) > 0.9
    assert luminance(dark["paper"]) < 0.05


def test_no_colour_is_written_beside_the_tokens():
    """Components use tokens, so that both schemes hold for them; black and white behind pictures
    and the lamp's own yellow are the exceptions."""
    rules = SHEET.read_text().split("/* --- Ground", 1)[1]
    assert set(re.findall(r"#[0-9a-f]{3,8}\b", rules)) <= {
        "#fff",
        "#000",
        "#0000",
        "#ffe58a",
        "#ffb4a8",
    }


def test_the_sheet_fits_in_20_kilobytes_compressed():
    assert len(gzip.compress(SHEET.read_bytes())) < 20_000
