"""What checks found in videos, and what people decide on it."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from core.errors import ActionRefusedError
from media_pipeline import blobs, likeness, places
from media_pipeline.choices import FindingKind
from media_pipeline.models import Finding, Fingerprint, Source

# Kinds of which the detail says what it is: the same address twice is one matter, two are not.
_KNOWN_BY_DETAIL = (
    FindingKind.CODE,
    FindingKind.ADDRESS,
    FindingKind.TELEPHONE,
    FindingKind.PRICE,
    FindingKind.UNCHECKED,
)


@transaction.atomic
def overrule_finding(*, finding: Finding, user: User, reason: str) -> None:
    """Lets what was found stay; the reason is kept, and the merchant reads it. Whether `user` may
    do so is the caller's to ask. Raises ActionRefusedError."""
    reason = reason.strip()
    if not reason:
        raise ActionRefusedError(_("Write why it may stay: the merchant reads it."))
    overruled = Finding.objects.filter(pk=finding.pk, overruled_at=None).update(
        overruled_at=timezone.now(), overruled_by=user, reason=reason[:300]
    )
    if not overruled:
        raise ActionRefusedError(_("Somebody has decided on this already."))


@transaction.atomic
def replace_findings(*, source: Source, findings: Sequence[Finding]) -> None:
    """What was found takes the place of what was found before. What an editor has overruled stays
    so, and isn't asked about again."""
    overruled = list(source.findings.exclude(overruled_at=None))
    source.findings.filter(overruled_at=None).delete()
    Finding.objects.bulk_create(
        new for new in findings if not any(_is_same(new, old) for old in overruled)
    )
    note_same_file(source=source)
    transaction.on_commit(lambda: _remove_unused_pictures(source))


@transaction.atomic
def note_same_file(*, source: Source) -> None:
    """Whether several videos are made of the very same bytes is a finding of that source; called
    whenever that may have changed."""
    noted = source.findings.filter(kind=FindingKind.DUPLICATE, other=source)
    if source.videos.count() < 2:
        noted.delete()
    elif not noted.exists():
        Finding.objects.create(
            source=source,
            kind=FindingKind.DUPLICATE,
            other=source,
            start=0.0,
            end=source.duration or 0.0,
            detail=_("the same file"),
        )


@transaction.atomic
def replace_fingerprints(*, source: Source, moments: likeness.Moments) -> None:
    """Keeps what the source looks like, for others to be compared with."""
    source.fingerprints.all().delete()
    Fingerprint.objects.bulk_create(
        (
            _fingerprint(source, second, bits)
            for second, looks in likeness.kept(moments, source.duration or 0.0).items()
            for bits in looks
        ),
        batch_size=500,
    )


def _fingerprint(source: Source, second: float, bits: int) -> Fingerprint:
    bands = likeness.bands_of(bits)
    return Fingerprint(
        source=source,
        second=second,
        bits=likeness.signed(bits),
        band_0=bands[0],
        band_1=bands[1],
        band_2=bands[2],
        band_3=bands[3],
    )


def _is_same(new: Finding, old: Finding) -> bool:
    """Whether it is what somebody has decided on already: the same, at about the same time."""
    if new.kind != old.kind or new.other_id != old.other_id:
        return False
    if new.kind in _KNOWN_BY_DETAIL and new.detail.casefold() != old.detail.casefold():
        return False
    return new.start < old.end + 1 and old.start < new.end + 1


def _remove_unused_pictures(source: Source) -> None:
    """Pictures of what is no longer found, and those that a worker left that was killed."""
    used = set(source.findings.exclude(path="").values_list("path", flat=True))
    blobs.delete_files(
        *(name for name in blobs.names_in(places.findings(source)) if name not in used)
    )
