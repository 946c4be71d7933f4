"""A video's words (title, description, chapters, captions) hold to the same as its picture does: no
addresses, telephone numbers or prices. They can be changed at any time, so what they say is asked
when it is shown, not stored."""

from dataclasses import dataclass

from media_pipeline.analysis.patterns import matters_in
from media_pipeline.captions import tracks_of
from media_pipeline.chapters import chapters_of
from media_pipeline.choices import FindingKind
from media_pipeline.findings import MEANINGS, Meaning
from media_pipeline.models import Video


@dataclass(frozen=True, slots=True)
class Remark:
    """Something in the words of a video that an editor should look at."""

    kind: FindingKind
    text: str
    """As it stands there."""

    @property
    def about(self) -> Meaning:
        """What it means, and what to do."""
        return MEANINGS[self.kind]


def words_of(video: Video) -> list[str]:
    """All that this version of the video says in words; a caption is one line, however many it
    is shown in."""
    titles = [chapter.title for chapter in chapters_of(video.chapters)]
    said = [
        cue.text.replace("\n", " ") for track in tracks_of(video.captions) for cue in track.cues
    ]
    return [video.title, video.description, *titles, *said]


def remarks_on(*texts: str) -> list[Remark]:
    """What should not be in these texts, each once, in the order of the texts."""
    found: dict[tuple[str, str], Remark] = {}
    for text in texts:
        for line in text.splitlines():
            for matter in matters_in(line):
                remark = Remark(FindingKind(matter.kind), matter.text)
                found.setdefault((matter.kind, matter.text.casefold()), remark)
    return list(found.values())
