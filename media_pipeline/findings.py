"""What a finding means, how much it weighs, and what can be done about it.

How often each check is right is measured (benchmarks/findings.py, docs/FINDINGS.md): one that is
right less than nine times in ten is advice, which only the merchant sees."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from media_pipeline.choices import FindingKind


class Level(StrEnum):
    SERIOUS = "serious"
    """An editor must overrule it, with a reason, before the video can be approved."""
    NOTICE = "notice"
    """Shown to merchant and editor."""
    ADVICE = "advice"
    """Shown to the merchant only."""


@dataclass(frozen=True, slots=True)
class Meaning:
    level: Level
    meaning: Promise
    """Why it matters, in a sentence for everyone."""
    remedy: Promise
    """What the merchant can do."""
    judgement: Promise
    """What the editor should look for."""


MEANINGS: dict[FindingKind, Meaning] = {
    FindingKind.FLASHES: Meaning(
        Level.SERIOUS,
        _("More than three flashes in a second can cause seizures in people who watch."),
        _("Slow the flashes down to three a second, soften them, or cut them out."),
        _(
            "Flashes of a large part of the picture are a risk, whatever they show. "
            "Overrule this only if nothing flashes there."
        ),
    ),
    FindingKind.CODE: Meaning(
        Level.SERIOUS,
        _("A code that can be scanned leads people away from this site."),
        _("Cover the code or cut it out."),
        _("A code that is printed on the product itself is fine; one that leads to a shop isn't."),
    ),
    FindingKind.ADDRESS: Meaning(
        Level.SERIOUS,
        _("Web and mail addresses lead people away from this site."),
        _("Take the address out of the picture or the text."),
        _("An address that is printed small on the product itself is fine."),
    ),
    FindingKind.TELEPHONE: Meaning(
        Level.SERIOUS,
        _("Telephone numbers lead people away from this site."),
        _("Take the number out of the picture or the text."),
        _("Check that it is a telephone number, and not a model's or a size."),
    ),
    FindingKind.PRICE: Meaning(
        Level.SERIOUS,
        _("Prices change, and videos stay: a price in a video is soon wrong."),
        _("Take the price out of the picture or the text."),
        _("Check that it is what the product costs, and not a sum that is talked about."),
    ),
    FindingKind.DUPLICATE: Meaning(
        Level.SERIOUS,
        _("The same pictures are in a video that is here already."),
        _("Show the product in a video of your own, or delete the copy that you don't need."),
        _("Look at both: the maker's film may be used by several shops, if they may use it."),
    ),
    FindingKind.WATERMARK: Meaning(
        Level.SERIOUS,
        _("The same mark stands in the picture all the time, as shops and agencies mark theirs."),
        _("Upload the video without the mark, if it is yours to use."),
        _("Check whose mark it is: the merchant's own is fine, another's needs their consent."),
    ),
    FindingKind.BLACK: Meaning(
        Level.NOTICE,
        _("Nothing can be seen for a while, and people leave."),
        _("Cut the black part out."),
        _("Check that no part of the video is missing."),
    ),
    FindingKind.FROZEN: Meaning(
        Level.NOTICE,
        _("The picture doesn't move for a while."),
        _("If it should move, export the video once more; a still picture is best kept short."),
        _("A title or a drawing may stand still; a film that stops is broken."),
    ),
    FindingKind.SILENCE: Meaning(
        Level.NOTICE,
        _("Nothing can be heard for a while."),
        _("If there should be sound, check the recording, and that all of it was exported."),
        _("Check that no sound is missing that belongs there."),
    ),
    FindingKind.QUIET: Meaning(
        Level.NOTICE,
        _(
            "The sound was recorded far from the usual loudness. We made it even, but noise that "
            "came with it was made louder too, or what was squeezed stays squeezed."
        ),
        _("Record closer to the microphone, or with its level set right."),
        _("Check that what is said can be understood."),
    ),
    FindingKind.CLIPPING: Meaning(
        Level.NOTICE,
        _("The sound was louder than the recording could hold, and crackles."),
        _("Record again with a lower level; this can't be repaired afterwards."),
        _("Check that what is said can be understood."),
    ),
    FindingKind.LETTERBOX: Meaning(
        Level.NOTICE,
        _("Black bars are part of the picture, so it is smaller than it could be everywhere."),
        _("Export the video in its own shape, without bars: any shape plays here."),
        _("It can be shown as it is."),
    ),
    FindingKind.INTERLACED: Meaning(
        Level.NOTICE,
        _("The picture was recorded in half pictures, as for old television sets."),
        _(
            "Record or export it progressive (“p”, not “i”); fine stripes at moving edges come "
            "from this."
        ),
        _("It can be shown as it is."),
    ),
    FindingKind.BLUR: Meaning(
        Level.ADVICE,
        _("Nothing in the picture is sharp for a while."),
        _("Check the focus and the lens, or upload a version of better quality."),
        _("Check that the product can be recognised."),
    ),
    FindingKind.BLOCKS: Meaning(
        Level.ADVICE,
        _("The picture falls into little squares: it was compressed too much before it came here."),
        _("Upload the file that came out of the camera or the editing program."),
        _("Check that the product can be recognised."),
    ),
    FindingKind.UNCHECKED: Meaning(
        Level.NOTICE,
        _("One of our checks failed on this video; that is no fault of yours."),
        _("There is nothing that you need to do: an editor looks at it."),
        _("Watch the video with this in mind: nothing has looked for it."),
    ),
}


def level_of(kind: str) -> Level:
    """How much a finding of that kind (choices.FindingKind) weighs."""
    return MEANINGS[FindingKind(kind)].level


def kinds_at(level: Level) -> list[str]:
    """The kinds that weigh as much, for queries."""
    return [kind.value for kind, meaning in MEANINGS.items() if meaning.level is level]
