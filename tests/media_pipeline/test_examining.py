"""Examining from its entrance: what lies in storage between the steps goes in, rows come out."""

import io
import json
from contextlib import nullcontext

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageDraw, ImageFont, ImageOps

from media_pipeline import blobs, examination, places
from media_pipeline.analysis import material
from media_pipeline.analysis.fingerprints import Fingerprints
from media_pipeline.analysis.material import Found, Frame
from media_pipeline.choices import FindingKind
from media_pipeline.services.steps.examining import examine
from tests.factories.media_pipeline import SourceFactory, VideoFactory
from tests.factories.merchants import MerchantFactory
from tests.media_pipeline.test_likeness import film

pytestmark = pytest.mark.django_db

PROFILE = 1


class Lease:
    """Says that the step is ours."""

    profile, attempt = PROFILE, 1

    def __init__(self):
        self.progress = []

    def renew(self, progress):
        self.progress.append(progress)

    def check(self, *, moving=0):
        pass

    def held(self):
        return nullcontext()


def jpeg(image):
    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=90)
    return stream.getvalue()


def left_by_encoder(images, merchant=None, **contents):
    """A source with what its encoder left in storage."""
    source = SourceFactory(duration=float(len(images)))
    VideoFactory(source=source, merchant=merchant or MerchantFactory())
    described = {"duration": len(images), "frame_rate": 25, "facts": {}, "loudness": {}}
    left = {
        **dict.fromkeys(material.FILES, b""),
        material.FRAMES: b"".join(map(jpeg, images)),
        material.JOB: json.dumps(described).encode(),
        **contents,
    }
    for name, content in left.items():
        default_storage.save(f"{places.between_steps(source)}/{name}", ContentFile(content))
    return source


def moments_of(images):
    fingerprints = Fingerprints()
    for second, image in enumerate(images):
        fingerprints.see(Frame(float(second), image))
    return fingerprints.fact()


@pytest.fixture
def checks_say(monkeypatch):
    """The checks themselves are tried elsewhere: here they say this."""

    def say(*found, complaint="", **facts):
        result = examination.Result(list(found), facts, complaint)
        monkeypatch.setattr(examination, "examine", lambda folder, on_progress: result)

    return say


def test_what_the_checks_find_comes_out_as_rows_with_pictures():
    """With the real checks, in their own process."""
    shown = film(1)[0]
    font = ImageFont.load_default(40)
    ImageDraw.Draw(shown).text(
        (60, 60), "www.example.com", "white", font, stroke_width=3, stroke_fill="black"
    )
    source = left_by_encoder([*film(2, 3), shown, *film(4)])
    lease = Lease()
    examine(source, lease)()

    finding = source.findings.get(kind=FindingKind.ADDRESS)
    assert (finding.start, finding.end, finding.detail) == (2, 3, "www.example.com")
    content = blobs.read_bytes(finding.path)
    assert len(content) == finding.size
    with Image.open(io.BytesIO(content)) as picture:
        assert picture.size == shown.size
    source.refresh_from_db()
    assert len(source.moments) == 4
    assert source.colour.startswith("#")
    assert source.fingerprints.count() == 4 * 9


def test_what_could_not_be_checked_is_said():
    source = left_by_encoder(film(1, 2), **{material.JOB: b"{"})
    examine(source, Lease())()
    assert [one.kind for one in source.findings.all()] == [FindingKind.UNCHECKED]
    source.refresh_from_db()
    assert (source.moments, source.colour) == ([], "")


def test_doing_it_again_changes_nothing(checks_say, django_capture_on_commit_callbacks):
    checks_say(Found("code", 1.0, 2.0, "QR: x", shown_at=1.0), fingerprints=moments_of(film(1, 2)))
    source = left_by_encoder(film(1, 2))

    def state():
        with django_capture_on_commit_callbacks(execute=True):
            examine(source, Lease())()
        rows = list(source.findings.values_list("kind", "start", "detail", "path"))
        return rows, source.fingerprints.count(), list(blobs.names_in(places.findings(source)))

    first = state()
    assert first == state()
    assert [len(part) for part in (first[0], first[2])] == [1, 1]


def examined(checks_say, images, **changes):
    checks_say(fingerprints=moments_of(images))
    source = left_by_encoder(images, **changes)
    examine(source, Lease())()
    return source


def test_a_copy_of_what_is_here_is_found(checks_say):
    images = film(*range(12))
    original = examined(checks_say, images)
    examined(checks_say, film(*range(50, 62)))
    copy = examined(checks_say, [ImageOps.mirror(one) for one in images])

    finding = copy.findings.get()
    assert (finding.kind, finding.other, finding.detail) == (
        FindingKind.DUPLICATE,
        original,
        "100 %, mirrored",
    )
    assert (finding.start, finding.end) == (0, 12)
    assert blobs.size_of(finding.path) == finding.size
    assert not original.findings.exists()


def test_the_original_is_no_copy_when_it_is_made_anew(checks_say):
    images = film(*range(12))
    original = examined(checks_say, images)
    examined(checks_say, images[1:])
    original.profile = PROFILE
    original.save()
    checks_say(fingerprints=moments_of(images))
    examine(original, Lease())()
    assert not original.findings.exists()


def test_what_was_deleted_meanwhile_is_no_duplicate(checks_say):
    images = film(*range(12))
    original = examined(checks_say, images)
    checks_say(fingerprints=moments_of(images))
    copy = left_by_encoder(images)
    conclude = examine(copy, Lease())
    original.videos.all().delete()
    original.delete()
    conclude()
    assert not copy.findings.exists()


@pytest.mark.parametrize(
    ("mark", "is_told"),
    [
        ("HARBOUR KITCHEN", False),
        ("Harbour", False),
        ("HARB0UR KITCHEN", False),
        ("Quay", True),
        ("", True),
    ],
)
def test_the_merchants_own_mark_is_none_of_another_shop(checks_say, mark, is_told):
    checks_say(Found("watermark", 0.0, 2.0, mark, shown_at=0.0))
    source = left_by_encoder(film(1, 2), merchant=MerchantFactory(name="Harbour Kitchen Ltd"))
    examine(source, Lease())()
    assert source.findings.exists() == is_told


def test_facts_that_could_not_be_learned_are_left_out(checks_say):
    checks_say(complaint="colour: ValueError: what is that?")
    source = left_by_encoder(film(1))
    examine(source, Lease())()
    source.refresh_from_db()
    assert (source.moments, source.colour, source.fingerprints.count()) == ([], "", 0)
