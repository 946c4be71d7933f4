"""From single seconds at which something was seen to stretches of a video."""

from dataclasses import dataclass, field

from media_pipeline.analysis.material import Found

GAP = 3.0  # seconds that something may be out of sight and still be one stretch
FRAME = 1.0  # seconds that one frame stands for


@dataclass
class Sightings:
    """What was seen when, and how sure each time."""

    _seen: dict[tuple[str, str], list[tuple[float, float, str]]] = field(default_factory=dict)

    def note(self, kind: str, detail: str, second: float, sure: float = 1.0) -> None:
        """`detail` may be written a little differently each time: letters and digits count."""
        key = "".join(letter for letter in detail.casefold() if letter.isalnum())
        self._seen.setdefault((kind, key), []).append((second, sure, detail))

    def found(self, *, least_sure: float = 0.0) -> list[Found]:
        """One finding for each stretch; those of which no sight was as sure as that are left out.
        Its picture is of the surest."""
        found = []
        for (kind, _key), seen in self._seen.items():
            for stretch in _stretches(seen):
                second, sure, detail = max(stretch, key=lambda one: one[1])
                if sure >= least_sure:
                    start, end = stretch[0][0], stretch[-1][0] + FRAME
                    found.append(Found(kind, start, end, detail, shown_at=second))
        return sorted(found, key=lambda one: (one.start, one.kind))


def _stretches(
    seen: list[tuple[float, float, str]],
) -> list[list[tuple[float, float, str]]]:
    stretches: list[list[tuple[float, float, str]]] = []
    for one in seen:
        if stretches and one[0] - stretches[-1][-1][0] <= GAP:
            stretches[-1].append(one)
        else:
            stretches.append([one])
    return stretches
