import pytest

from core.errors import ActionRefusedError
from media_pipeline import blobs, places, services
from media_pipeline.choices import FindingKind
from media_pipeline.models import Finding
from media_pipeline.selectors.duplicates import twins_of
from media_pipeline.services.findings import note_same_file, replace_findings
from tests.factories.accounts import UserFactory
from tests.factories.media_pipeline import FindingFactory, SourceFactory, VideoFactory

pytestmark = pytest.mark.django_db


def overruled(source, **changes):
    finding = FindingFactory(source=source, **changes)
    services.overrule_finding(finding=finding, user=UserFactory(), reason="It is on the box.")
    return finding


def test_an_overruled_finding_says_by_whom_and_why():
    finding, editor = FindingFactory(), UserFactory()
    services.overrule_finding(finding=finding, user=editor, reason="  It is on the box. ")
    finding.refresh_from_db()
    assert (finding.overruled_by, finding.reason) == (editor, "It is on the box.")
    assert finding.overruled_at is not None


def test_it_is_overruled_once_and_with_a_reason():
    finding = FindingFactory()
    with pytest.raises(ActionRefusedError, match="why it may stay"):
        services.overrule_finding(finding=finding, user=UserFactory(), reason=" ")
    overruled_one = overruled(finding.source)
    with pytest.raises(ActionRefusedError, match="decided on this already"):
        services.overrule_finding(finding=overruled_one, user=UserFactory(), reason="No.")


def test_new_findings_replace_the_old_but_not_what_was_overruled():
    source = SourceFactory()
    FindingFactory(source=source, kind=FindingKind.BLACK)
    kept = overruled(source, kind=FindingKind.ADDRESS, detail="example.com", start=2, end=5)
    new = [
        Finding(source=source, kind=FindingKind.ADDRESS, start=2.5, end=5, detail="EXAMPLE.com"),
        Finding(source=source, kind=FindingKind.ADDRESS, start=2.5, end=5, detail="example.org"),
        Finding(source=source, kind=FindingKind.ADDRESS, start=40, end=42, detail="example.com"),
    ]
    replace_findings(source=source, findings=new)
    assert [(one.detail, one.start) for one in source.findings.order_by("start", "pk")] == [
        (kept.detail, 2),
        ("example.org", 2.5),
        ("example.com", 40),
    ]


def test_what_was_measured_a_little_differently_is_still_overruled():
    source = SourceFactory()
    overruled(source, kind=FindingKind.FLASHES, detail="9/s", start=1, end=4)
    again = Finding(source=source, kind=FindingKind.FLASHES, detail="8/s", start=1.2, end=4)
    replace_findings(source=source, findings=[again])
    assert [one.detail for one in source.findings.all()] == ["9/s"]


def test_pictures_of_what_is_no_longer_found_go(django_capture_on_commit_callbacks):
    source = SourceFactory()
    FindingFactory(source=source, pictured=True)
    kept = overruled(source, kind=FindingKind.PRICE, pictured=True)
    with django_capture_on_commit_callbacks(execute=True):
        replace_findings(source=source, findings=[])
    assert list(blobs.names_in(places.findings(source))) == [kept.path]


def test_the_same_file_of_two_shops_is_a_finding_until_one_is_deleted():
    first = VideoFactory()
    second = VideoFactory(source=first.source)
    note_same_file(source=first.source)
    note_same_file(source=first.source)
    finding = first.source.findings.get()
    assert (finding.kind, finding.other_id) == (FindingKind.DUPLICATE, first.source_id)

    services.delete_video(video=second)
    assert not first.source.findings.exists()


@pytest.fixture
def duplicate():
    """A finding that says that a video looks like one of another merchant."""
    other, mine = VideoFactory(), VideoFactory()
    finding = FindingFactory(
        source=mine.source, kind=FindingKind.DUPLICATE, other=other.source, detail="90 %"
    )
    return finding, mine, other


def test_a_merchant_is_not_told_which_video_of_another_it_is_before_that_is_public(duplicate):
    finding, mine, other = duplicate
    twins = twins_of(finding, video=mine, is_editor=False)
    assert (twins.videos, twins.sentence) == (
        [],
        "Another shop has uploaded a video that shows the same.",
    )
    assert twins_of(finding, video=mine, is_editor=True).videos == [other]


def test_a_public_video_may_be_told(duplicate):
    finding, mine, other = duplicate
    other.live = True
    other.save()
    twins = twins_of(finding, video=mine, is_editor=False)
    assert (twins.videos, twins.sentence) == ([other], "A video of another shop shows the same.")


def test_a_merchants_own_video_is_told_differently(duplicate):
    finding, mine, other = duplicate
    other.merchant = mine.merchant
    other.save()
    twins = twins_of(finding, video=mine, is_editor=False)
    assert twins.videos == [other]
    assert twins.sentence == "This shop has another video that shows the same."


def test_the_very_same_file_of_another_shop():
    first = VideoFactory()
    second = VideoFactory(source=first.source)
    note_same_file(source=first.source)
    finding = first.source.findings.get()
    assert twins_of(finding, video=second, is_editor=True).sentence == (
        "Another shop has uploaded the very same file."
    )
    assert twins_of(finding, video=second, is_editor=False).videos == []


def test_other_findings_have_no_twins():
    video = VideoFactory()
    finding = FindingFactory(source=video.source, kind=FindingKind.CODE)
    assert twins_of(finding, video=video, is_editor=True).videos == []


def test_a_duplicate_goes_with_what_it_looked_like(duplicate):
    finding, _mine, other = duplicate
    services.delete_video(video=other)
    assert not Finding.objects.filter(pk=finding.pk).exists()
