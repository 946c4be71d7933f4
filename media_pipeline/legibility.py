"""How well captions can be read: advice, never a refusal. Pure.

The numbers are those of the BBC's and Netflix' guidelines for subtitles, which agree on them.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from media_pipeline.captions import Cue

MAX_SPEED = 20.0  # characters a second
MIN_GAP = 0.08  # seconds between two: shorter, and the change isn't seen
MAX_LINES = 2
MAX_LINE = 42  # characters
TOUCHING = 0.001  # seconds: one begins where the other ends, which reads as one moving text


@dataclass(frozen=True, slots=True)
class Advice:
    number: int
    """Of the cue, from 0."""
    sentence: str


def advice_on(cues: Sequence[Cue]) -> list[Advice]:
    """What could be read more easily, in the order of the cues."""
    following = [*cues, None][1:]
    return [
        Advice(number, sentence)
        for number, (cue, after) in enumerate(zip(cues, following, strict=True))
        for sentence in (*_on_text(cue), *_on_times(cue, after))
    ]


def speed_of(cue: Cue) -> float:
    """Characters a second."""
    return len(cue.text.replace("\n", " ")) / max(cue.end - cue.start, 0.001)


def _on_text(cue: Cue) -> list[str]:
    advice = []
    lines = cue.text.split("\n")
    if len(lines) > MAX_LINES:
        advice.append(
            _("%(count)d lines cover the picture: two are enough.") % {"count": len(lines)}
        )
    if (longest := max(map(len, lines))) > MAX_LINE:
        advice.append(
            _("A line of %(count)d characters is too wide for a phone: break it before %(most)d.")
            % {"count": longest, "most": MAX_LINE}
        )
    return advice


def _on_times(cue: Cue, after: Cue | None) -> list[str]:
    advice = []
    speed = speed_of(cue)
    if speed > MAX_SPEED:
        advice.append(
            _("Too quick to read: %(speed)d characters a second, of at most %(most)d.")
            % {"speed": round(speed), "most": MAX_SPEED}
        )
    gap = after.start - cue.end if after else MIN_GAP
    if gap <= -TOUCHING:
        advice.append(_("It is still shown when the next one begins."))
    elif TOUCHING < gap < MIN_GAP:
        advice.append(
            _("The gap before the next one is too short to be seen: close it, or leave %(gap)s s.")
            % {"gap": MIN_GAP}
        )
    return advice
