"""What an editor should know before deciding, gathered beside the guide or the player."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.template.defaultfilters import filesizeformat
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cms import rules
from cms.documents import body_text
from cms.models import GuidePage
from cms.selectors.references import referenced_objects
from media_pipeline.models import Video
from media_pipeline.probing import Probe
from products.choices import ProductState
from products.models import Product

_SHORT = 300  # words; a guide is to tell everything a person should know


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at. `good` is None for a plain fact."""

    label: str
    finding: str
    good: bool | None = None


def checks_of_guide(guide: GuidePage) -> list[Check]:
    """Of the draft that waits."""
    return [*_words(guide), *_alternative_texts(guide), *_references(guide), *_missing(guide)]


def checks_of_video(video: Video) -> list[Check]:
    """What the pipeline measured, and where it got stuck; what it found stands by the player."""
    return [*_file_facts(video), *_steps(video)]


def _words(guide: GuidePage) -> Iterator[Check]:
    count = len(strip_tags(body_text(guide)).split())
    yield Check(
        _("Length"),
        ngettext("%(count)d word", "%(count)d words", count) % {"count": count},
        count >= _SHORT,
    )


def _alternative_texts(guide: GuidePage) -> Iterator[Check]:
    wanting = sum(_lacks_alternative_text(child) for child in guide.body)
    yield Check(
        _("Pictures described for people who can't see them"),
        ngettext("%(count)d lacks it", "%(count)d lack it", wanting) % {"count": wanting}
        if wanting
        else _("All"),
        not wanting,
    )


def _lacks_alternative_text(child: object) -> int:
    kind, value = child.block_type, child.value  # type: ignore[attr-defined]
    if kind == "picture":
        return int(not value.get("alt_text"))
    if kind == "steps":
        steps = value.get("steps") or []
        return sum(bool(step.get("picture")) and not step.get("alt_text") for step in steps)
    return 0


def _references(guide: GuidePage) -> Iterator[Check]:
    for thing in referenced_objects(guide.body):
        if isinstance(thing, Product) and thing.state != ProductState.LISTED:
            yield Check(_("Product"), _("“%(title)s” isn't listed") % {"title": thing}, False)
        if isinstance(thing, Video) and not thing.live:
            yield Check(_("Video"), _("“%(title)s” isn't public") % {"title": thing}, False)


def _missing(guide: GuidePage) -> Iterator[Check]:
    for sentence in rules.missing_from_guide(guide):
        yield Check(_("Incomplete"), sentence, False)


def _file_facts(video: Video) -> Iterator[Check]:
    source = video.source
    if source.duration is not None:
        yield Check(_("Length"), str(timedelta(seconds=round(source.duration))))
    if source.width and source.height:
        yield Check(
            _("Picture"),
            _("%(width)d × %(height)d pixels") % {"width": source.width, "height": source.height},
        )
    yield Check(_("File"), filesizeformat(source.size))
    if not source.facts.get("container"):
        return
    probe = Probe.from_facts(source.facts)
    if probe.video is not None:
        yield Check(_("Picture format"), probe.video.codec)
    yield Check(
        _("Sound"),
        probe.audio.codec if probe.audio is not None else _("None"),
        probe.audio is not None,
    )


def _steps(video: Video) -> Iterator[Check]:
    for step in video.source.steps.all():
        if step.message:
            yield Check(str(step.get_name_display()), step.message, False)
