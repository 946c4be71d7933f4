"""Writing guides: cms.services on a merchant's drafts."""

from datetime import timedelta

import pytest
from django.utils import timezone

from cms import selectors, services
from cms.choices import ReviewState
from cms.models import GuidePage
from core.errors import ActionRefusedError
from tests.factories.cms import BODY, GuidePageFactory
from tests.factories.media_pipeline import PictureFactory, VideoFactory
from tests.factories.merchants import MembershipFactory
from tests.factories.products import CategoryFactory, ProductFactory

pytestmark = pytest.mark.django_db


def save(guide, user, **changes):
    draft = guide.get_latest_revision_as_object()
    fields = {
        "title": draft.title,
        "summary": draft.summary,
        "category": draft.category,
        "picture": draft.picture,
        "body": draft.body,
    }
    return services.save_guide(guide=guide, user=user, **{**fields, **changes})


def test_a_new_guide_is_a_draft_with_a_title(merchant, member):
    guide = services.create_guide(
        merchant=merchant, user=member, category=CategoryFactory(), title="Choosing a wok"
    )

    assert guide.url == "/guides/choosing-a-wok/"
    assert not guide.live
    assert selectors.review_of(guide) == selectors.Review(ReviewState.DRAFT)
    assert list(selectors.guides_of(merchant)) == [guide]
    assert list(selectors.public_guides()) == []


def test_two_guides_of_one_title_have_two_addresses(merchant, member):
    category = CategoryFactory()
    guides = [
        services.create_guide(merchant=merchant, user=member, category=category, title="Woks")
        for _ in range(3)
    ]

    assert [guide.slug for guide in guides] == ["woks", "woks-2", "woks-3"]


def test_a_stranger_can_write_nothing(merchant, member):
    guide = GuidePageFactory(merchant=merchant)
    stranger = MembershipFactory().user

    with pytest.raises(ActionRefusedError, match="another merchant"):
        save(guide, stranger, title="Mine now")
    with pytest.raises(ActionRefusedError, match="another merchant"):
        services.create_guide(
            merchant=merchant, user=stranger, category=guide.category, title="Theirs"
        )
    with pytest.raises(ActionRefusedError, match="another merchant"):
        services.delete_guide(guide=guide, user=stranger)

    guide.refresh_from_db()
    assert guide.get_latest_revision_as_object().title != "Mine now"


def test_saving_itself_overwrites_ones_own_latest_version(merchant, member):
    guide = GuidePageFactory(merchant=merchant, author=member)
    kept = guide.latest_revision

    first = save(guide, member, summary="One.")
    second = save(guide, member, summary="Two.")

    assert first.pk == second.pk != kept.pk
    assert [version.pk for version in selectors.versions_of(guide)] == [first.pk, kept.pk]
    guide.refresh_from_db()
    assert guide.get_latest_revision_as_object().summary == "Two."


def test_a_version_that_was_kept_is_not_overwritten(merchant, member):
    guide = GuidePageFactory(merchant=merchant, author=member)

    kept = save(guide, member, summary="Keep me.", keep_version=True)
    save(guide, member, summary="Typed on.")

    kept.refresh_from_db()
    assert kept.as_object().summary == "Keep me."


def test_nobody_overwrites_what_another_wrote(merchant, member):
    guide = GuidePageFactory(merchant=merchant, author=member)
    colleague = MembershipFactory(merchant=merchant).user
    mine = save(guide, member, summary="Mine.")

    theirs = save(guide, colleague, summary="Theirs.")

    assert theirs.pk != mine.pk
    assert mine.as_object().summary == "Mine."


def test_the_address_follows_the_title_until_the_guide_is_public(merchant, member):
    guide = GuidePageFactory(merchant=merchant, author=member, title="Draft title")
    save(guide, member, title="What to know of pans")
    guide.refresh_from_db()
    assert guide.url == "/guides/what-to-know-of-pans/"

    guide.latest_revision.publish()
    save(guide, member, title="Another title")

    guide.refresh_from_db()
    assert guide.url == "/guides/what-to-know-of-pans/"
    assert guide.title == "What to know of pans"
    assert guide.draft_title == "Another title"


def test_public_words_change_only_with_an_approval(merchant, member):
    guide = GuidePageFactory(merchant=merchant, author=member, live=True)

    save(guide, member, summary="Changed.")

    guide.refresh_from_db()
    assert guide.summary != "Changed."
    assert selectors.review_of(guide).state == ReviewState.LIVE_WITH_CHANGES


@pytest.mark.parametrize("kind", ["picture", "body picture", "step", "product", "video"])
def test_what_belongs_to_another_merchant_cannot_be_shown(merchant, member, kind):
    guide = GuidePageFactory(merchant=merchant)
    picture = PictureFactory()
    body = {
        "picture": [],
        "body picture": [("picture", {"picture": picture, "alt_text": "A pan", "caption": ""})],
        "step": [("steps", {"title": "t", "steps": [{"title": "s", "picture": picture}]})],
        "product": [("product", {"product": ProductFactory(listed=True), "note": ""})],
        "video": [("video", {"video": VideoFactory(public=True), "caption": ""})],
    }[kind]
    before = guide.latest_revision_id

    with pytest.raises(ActionRefusedError, match="not yours"):
        save(guide, member, picture=picture if kind == "picture" else None, body=body)

    guide.refresh_from_db()
    assert guide.latest_revision_id == before


def test_ones_own_and_the_editors_pictures_can_be_shown(merchant, member):
    guide = GuidePageFactory(merchant=merchant)
    own, editors = PictureFactory(merchant=merchant), PictureFactory(merchant=None)

    save(guide, member, picture=own, body=[("picture", {"picture": editors, "alt_text": "A pan"})])

    guide.refresh_from_db()
    draft = guide.get_latest_revision_as_object()
    assert draft.picture == own
    assert draft.body[0].value["picture"] == editors


def test_hostile_rich_text_is_cleaned(merchant, member):
    guide = GuidePageFactory(merchant=merchant)
    hostile = (
        '<p onclick="x()">Hot <script>steal()</script><a href="javascript:x()">pan</a>'
        '<embed embedtype="image" id="1"><a linktype="page" id="2">page</a></p>'
    )

    save(guide, member, body=[{"type": "rich_text", "value": hostile}])

    guide.refresh_from_db()
    source = guide.get_latest_revision_as_object().body[0].value.source
    assert source == (
        '<p>Hot <a rel="nofollow ugc noopener">pan</a><a rel="nofollow ugc noopener">page</a></p>'
    )


def test_an_earlier_version_can_be_taken_up_again(merchant, member):
    guide = GuidePageFactory(merchant=merchant, author=member)
    early = save(guide, member, summary="Early.", keep_version=True)
    save(guide, member, summary="Late.", keep_version=True)

    services.restore_version(guide=guide, revision=early, user=member)

    guide.refresh_from_db()
    assert guide.get_latest_revision_as_object().summary == "Early."
    assert len(selectors.versions_of(guide)) == 4


def test_a_version_of_another_guide_is_refused(merchant, member):
    guide, other = GuidePageFactory(merchant=merchant), GuidePageFactory(merchant=merchant)

    with pytest.raises(ActionRefusedError, match="another guide"):
        services.restore_version(guide=guide, revision=other.latest_revision, user=member)


def test_dates_that_make_no_sense_are_refused(merchant, member):
    guide = GuidePageFactory(merchant=merchant)
    tomorrow = timezone.now() + timedelta(days=1)

    with pytest.raises(ActionRefusedError, match="end after it begins"):
        services.schedule_guide(
            guide=guide, user=member, go_live_at=tomorrow, expire_at=tomorrow - timedelta(hours=1)
        )


def test_a_deleted_guide_is_gone_with_its_history(merchant, member):
    guide = GuidePageFactory(merchant=merchant, live=True)

    services.delete_guide(guide=guide, user=member)

    assert not GuidePage.objects.filter(pk=guide.pk).exists()
    assert not selectors.versions_of(guide).exists()


def test_the_body_survives_as_it_was_written(merchant, member):
    guide = GuidePageFactory(merchant=merchant, author=member)

    draft = guide.get_latest_revision_as_object()

    assert [child.block_type for child in draft.body] == [block["type"] for block in BODY]
    assert draft.body[0].value == "What to look for"
