"""A video's page in a real browser: findings take the player to their place, and news of the
pipeline doesn't come under somebody's hands."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from media_pipeline.choices import AssetKind, FindingKind, StepState
from media_pipeline.ladder import PROFILE
from media_pipeline.models import Source
from tests.factories.media_pipeline import (
    AssetFactory,
    FindingFactory,
    StillFactory,
    VideoFactory,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AT = "document.querySelector('video').currentTime"


@pytest.fixture
def video(membership):
    """One with something of everything."""
    video = VideoFactory(merchant=membership.merchant)
    source = video.source
    for kind, start in ((FindingKind.CODE, 0.6), (FindingKind.BLACK, 0.0), (FindingKind.BLUR, 0.2)):
        FindingFactory(source=source, kind=kind, start=start, end=start + 0.3, pictured=True)
    FindingFactory(source=source, kind=FindingKind.SILENCE, start=0.1, end=0.4)
    for second in (0.2, 0.5, 0.8):
        StillFactory(source=source, second=second)
    AssetFactory(source=source, kind=AssetKind.SPRITE)
    source.waveform = [0, 40, 100, 60, 20]
    source.loudness = {
        "integrated": -27.4,
        "peak": -9.3,
        "made_integrated": -16.1,
        "made_peak": -1.9,
    }
    source.save()
    return video


def test_a_findings_time_takes_the_player_there(visit, video):
    page = visit(f"videos/{video.uuid}/")
    finding = page.locator(".finding").first
    expect(finding).to_contain_text("QR code or bar code")
    page.evaluate("document.querySelector('video').play = () => Promise.resolve()")

    finding.get_by_role("button").click()
    assert page.evaluate(AT) == pytest.approx(0.6)

    drawing = page.locator("[data-timeline] svg")
    box = drawing.bounding_box()
    drawing.click(position={"x": box["width"] * 0.55, "y": 5})
    assert page.evaluate(AT) == pytest.approx(0.55, abs=0.02)

    page.locator(".finding").nth(1).locator("a.finding-picture").click()
    assert page.evaluate(AT) == 0
    assert page.url.endswith(f"/videos/{video.uuid}/")


@pytest.mark.parametrize("width", [390, 1440])
def test_the_page_fits_and_axe_finds_nothing(visit, video, width):
    page = visit(
        f"videos/{video.uuid}/",
        viewport={"width": width, "height": 900},
        reduced_motion="reduce",
    )
    assert not page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    violations = Axe().run(page).response["violations"]
    assert [(one["id"], [node["target"] for node in one["nodes"]]) for one in violations] == []


def test_the_page_shows_the_player_when_all_is_done_but_not_to_who_is_writing(visit, membership):
    ready = VideoFactory(merchant=membership.merchant)
    ready.source.steps.update(state=StepState.WAITING)
    Source.objects.filter(pk=ready.source_id).update(profile=None)
    ready.source.renditions.all().delete()
    busy = visit(f"videos/{ready.uuid}/")
    idle = visit(f"videos/{ready.uuid}/")
    expect(busy.locator("#pipeline progress")).to_be_visible()
    busy.get_by_label("Title").fill("Half a tit")

    ready.source.steps.update(state=StepState.DONE)
    Source.objects.filter(pk=ready.source_id).update(profile=PROFILE)
    expect(idle.locator("#findings-heading")).to_be_visible()
    expect(busy.get_by_role("link", name="Look at it")).to_be_visible()
    expect(busy.get_by_label("Title")).to_have_value("Half a tit")


def test_first_pictures_bring_the_player(visit, membership):
    video = VideoFactory(merchant=membership.merchant)
    rendition = video.source.renditions.get()
    rendition.delete()
    video.source.steps.update(state=StepState.WAITING)
    Source.objects.filter(pk=video.source_id).update(profile=None)
    page = visit(f"videos/{video.uuid}/")
    expect(page.locator("#pipeline progress")).to_be_visible()
    expect(page.locator(".player")).to_have_count(0)

    rendition.save()
    expect(page.locator(".player video")).to_be_visible()
    expect(page.locator("#pipeline progress")).to_be_visible()
