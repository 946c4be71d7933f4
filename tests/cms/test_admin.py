"""The editors' door: Moderation and Marketplace in the Wagtail admin, over HTTP."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from cms import selectors, services
from cms.choices import ReviewState
from merchants.choices import ApplicationState, MerchantState
from merchants.models import Merchant
from products.choices import ProductState
from products.models import Attribute, Category
from selection.choices import EntryState
from selection.models import Round
from tests.cms.addresses import url
from tests.factories.accounts import UserFactory
from tests.factories.cms import GuidePageFactory
from tests.factories.media_pipeline import SourceFactory, VideoFactory
from tests.factories.merchants import MembershipFactory, MerchantApplicationFactory
from tests.factories.products import AttributeFactory, CategoryFactory, ProductFactory
from tests.factories.selection import EntryFactory, RoundFactory

pytestmark = pytest.mark.django_db


PAGES = [
    "queue",
    "media",
    "take_downs",
    "applications",
    "merchants",
    "categories",
    "new_category",
    "rounds",
    "new_round",
    "search_log",
    "missing_guide",
    "wanted_guides",
    "search_results",
    "synonyms_list",
    "new_synonyms",
]


@pytest.mark.parametrize("name", PAGES)
def test_only_editors_come_in(client, editor, member, name):
    for person in (None, UserFactory(), member):
        if person is not None:
            client.force_login(person)
        answer = client.get(url(name))
        assert (answer.status_code, answer.url.split("?")[0]) == (302, "/accounts/login/")

    for person in (editor, UserFactory(admin=True)):
        client.force_login(person)
        assert client.get(url(name)).status_code == 200


def test_a_guide_is_reviewed_with_its_preview_and_checks(desk, waiting):
    page = desk.get(url("review", "guide", waiting.pk)).content.decode()

    version = [waiting.pk, waiting.latest_revision_id]
    assert reverse("wagtailadmin_pages:revisions_view", args=version) in page
    assert reverse("wagtailadmin_pages:edit", args=[waiting.pk]) in page
    assert "Pictures described for people who can" in page


def test_a_video_is_reviewed_with_its_player_and_checks(desk, waiting_video):
    page = desk.get(url("review", "video", waiting_video.pk)).content.decode()

    assert f"/media/videos/{waiting_video.uuid}/" in page
    assert "640 × 360 pixels" in page
    assert "0:00:01" in page


def test_a_video_in_the_making_says_so(desk, merchant, member):
    video = VideoFactory(merchant=merchant, source=SourceFactory())
    services.submit(subject=video, user=member)

    page = desk.get(url("review", "video", video.pk)).content.decode()

    assert "be played yet" in page
    assert "<video" not in page


@pytest.mark.parametrize(
    ("kind", "pk"), [("guide", 99999), ("video", 99999), ("product", 1), ("nothing", 1)]
)
def test_what_is_not_there_is_not_found(desk, kind, pk):
    assert desk.get(url("review", kind, pk)).status_code == 404


def test_approved_by_button(desk, waiting):
    answer = desk.post(
        url("approve", "guide", waiting.pk), {"approve-revision": waiting.latest_revision_id}
    )

    assert answer.url == url("queue")
    waiting.refresh_from_db()
    assert selectors.review_of(waiting).state == ReviewState.LIVE


def test_sent_back_by_button_with_a_reason(desk, waiting):
    revision = waiting.latest_revision_id
    refused = desk.post(
        url("send_back", "guide", waiting.pk), {"send-back-revision": revision}, follow=True
    )
    assert "This field is required." in refused.content.decode()

    desk.post(
        url("send_back", "guide", waiting.pk),
        {"send-back-revision": revision, "send-back-reason": "Name the sizes."},
    )

    waiting.refresh_from_db()
    review = selectors.review_of(waiting)
    assert (review.state, review.reason) == (ReviewState.SENT_BACK, "Name the sizes.")


def test_an_approval_of_what_was_not_seen_is_refused(desk, waiting, member):
    seen = waiting.latest_revision_id
    services.withdraw_submission(subject=waiting, user=member)
    waiting.refresh_from_db()
    draft = waiting.get_latest_revision_as_object()
    draft.summary = "Something else."
    draft.save_revision(user=member)
    services.submit(subject=waiting, user=member)

    page = desk.post(
        url("approve", "guide", waiting.pk), {"approve-revision": seen}, follow=True
    ).content.decode()

    assert "changed after you opened it" in page
    waiting.refresh_from_db()
    assert not waiting.live


@pytest.mark.parametrize("name", ["approve", "send_back"])
def test_decisions_are_not_made_by_following_a_link(desk, waiting, name):
    assert desk.get(url(name, "guide", waiting.pk)).status_code == 405


def test_a_product_is_taken_down_and_lifted(desk):
    product = ProductFactory(listed=True)
    address = url("take_down", "product", product.pk)
    assert product.title in desk.get(address).content.decode()
    assert desk.post(address, {"reason": ""}).status_code == 422

    desk.post(address, {"reason": "Recalled."})

    product.refresh_from_db()
    assert product.state == ProductState.TAKEN_DOWN
    listing = desk.get(url("take_downs")).content.decode()
    assert "Recalled." in listing
    decision = selectors.take_downs().get()
    assert desk.get(url("lift", decision.pk)).status_code == 405
    desk.post(url("lift", decision.pk))
    product.refresh_from_db()
    assert product.state == ProductState.LISTED


def test_taking_down_twice_says_so(desk, editor):
    product = ProductFactory(listed=True)
    services.take_down(subject=product, editor=editor, reason="No.")

    answer = desk.post(url("take_down", "product", product.pk), {"reason": "Again."})

    assert answer.status_code == 422
    assert "taken down already" in answer.content.decode()


def test_an_application_is_approved(desk):
    application = MerchantApplicationFactory(trading_name="Sleepwell")
    assert "Sleepwell" in desk.get(url("application", application.pk)).content.decode()

    desk.post(url("approve_application", application.pk))

    assert Merchant.objects.get().name == "Sleepwell"
    assert application.applicant.notifications.count() == 1
    assert "The merchant that came of it" in (
        desk.get(url("application", application.pk)).content.decode()
    )


def test_an_application_is_declined_with_a_reason(desk):
    application = MerchantApplicationFactory()
    desk.post(url("decline_application", application.pk), {"decline-reason": ""})
    application.refresh_from_db()
    assert application.state == ApplicationState.PENDING

    desk.post(url("decline_application", application.pk), {"decline-reason": "No address."})

    application.refresh_from_db()
    assert (application.state, application.reason) == (ApplicationState.DECLINED, "No address.")
    again = desk.post(url("approve_application", application.pk), follow=True)
    assert not Merchant.objects.exists()
    assert again.status_code == 200


def test_a_merchant_is_suspended_and_reinstated(desk, merchant, client):
    guide = GuidePageFactory(merchant=merchant, live=True)

    desk.post(url("suspend", merchant.pk), {"suspend-reason": "Did not deliver."})

    merchant.refresh_from_db()
    assert merchant.state == MerchantState.SUSPENDED
    assert desk.get(guide.url).status_code == 404
    assert "Reinstate" in desk.get(url("merchant", merchant.pk)).content.decode()
    desk.post(url("reinstate", merchant.pk))
    assert desk.get(guide.url).status_code == 200


def attribute_rows(*rows, initial=0):
    data = {
        "attributes-TOTAL_FORMS": str(len(rows)),
        "attributes-INITIAL_FORMS": str(initial),
    }
    for number, row in enumerate(rows):
        data |= {f"attributes-{number}-{name}": value for name, value in row.items()}
    return data


def test_a_category_is_made_with_its_attributes(desk):
    parent = CategoryFactory(name="Kitchen")
    rows = attribute_rows(
        {"label": "Heating", "key": "heating", "kind": "choice", "choices": "Plate\nInduction\n"},
        {"label": "", "key": "", "kind": "text"},
    )

    answer = desk.post(
        url("new_category"),
        {"name": "Rice cookers", "slug": "", "parent": parent.pk, **rows},
    )

    category = Category.objects.get(name="Rice cookers")
    assert answer.url == url("category", category.pk)
    assert (category.slug, category.get_parent()) == ("rice-cookers", parent)
    attribute = category.attributes.get()
    assert (attribute.key, attribute.choices) == ("heating", ["Plate", "Induction"])


def test_a_category_is_changed_moved_and_loses_an_attribute(desk):
    kitchen, outdoors = CategoryFactory(name="Kitchen"), CategoryFactory(name="Outdoors")
    stoves = CategoryFactory(name="Stoves", parent=kitchen)
    gone, kept = AttributeFactory(category=stoves), AttributeFactory(category=stoves, label="Old")
    rows = attribute_rows(
        {"id": gone.pk, "label": "x", "key": gone.key, "kind": "text", "DELETE": "on"},
        {"id": kept.pk, "label": "New", "key": kept.key, "kind": "text"},
        initial=2,
    )

    desk.post(
        url("category", stoves.pk),
        {"name": "Camping stoves", "slug": stoves.slug, "parent": outdoors.pk, **rows},
    )

    stoves = Category.objects.get(pk=stoves.pk)
    assert (stoves.name, stoves.get_parent()) == ("Camping stoves", outdoors)
    assert list(Attribute.objects.values_list("label", flat=True)) == ["New"]
    assert Category.find_problems() == ([], [], [], [], [])


def test_a_category_cannot_go_below_itself(desk):
    kitchen = CategoryFactory(name="Kitchen")
    below = CategoryFactory(name="Stoves", parent=kitchen)

    answer = desk.post(
        url("category", kitchen.pk),
        {"name": "Kitchen", "slug": kitchen.slug, "parent": below.pk, **attribute_rows()},
    )

    assert answer.status_code == 422
    assert Category.objects.get(pk=kitchen.pk).is_root()


def test_a_category_that_is_not_well_filled_in_changes_nothing(desk):
    kitchen = CategoryFactory(name="Kitchen", slug="kitchen")
    rows = attribute_rows({"label": "Heating", "key": "heating", "kind": "choice", "choices": ""})

    answer = desk.post(
        url("category", kitchen.pk), {"name": "Changed", "slug": "kitchen", "parent": "", **rows}
    )

    assert answer.status_code == 422
    assert "Name the choices" in answer.content.decode()
    kitchen.refresh_from_db()
    assert kitchen.name == "Kitchen"


def round_data(category, **changes):
    now = timezone.now()
    data = {
        "title": "Rice cookers for two",
        "category": category.pk,
        "introduction": "",
        "opens_at": f"{now + timedelta(days=1):%Y-%m-%dT%H:%M}",
        "closes_at": f"{now + timedelta(days=9):%Y-%m-%dT%H:%M}",
        "seats": "2",
    }
    return data | changes


def test_an_audition_is_opened_and_edited(desk):
    category = CategoryFactory()

    desk.post(url("new_round"), round_data(category))
    made = Round.objects.get()
    desk.post(url("round", made.pk), round_data(category, seats="3", title="For two or three"))

    made.refresh_from_db()
    assert (made.title, made.seats) == ("For two or three", 3)


def test_an_audition_that_ends_before_it_begins_is_refused(desk):
    data = round_data(CategoryFactory(), closes_at="2020-01-01T10:00")

    answer = desk.post(url("new_round"), data)

    assert answer.status_code == 422
    assert not Round.objects.exists()


def test_only_the_words_of_an_open_audition_can_be_changed(desk):
    opened = RoundFactory()
    dates = (opened.opens_at, opened.closes_at, opened.seats)

    answer = desk.post(
        url("round", opened.pk), round_data(opened.category, title="New words", seats="9")
    )

    assert answer.status_code == 302
    opened.refresh_from_db()
    assert opened.title == "New words"
    assert (opened.opens_at, opened.closes_at, opened.seats) == dates


def test_an_entry_is_set_aside(desk):
    entry = EntryFactory(round=RoundFactory())
    page = desk.get(url("round", entry.round.pk)).content.decode()
    assert entry.product.title in page

    desk.post(url("set_aside", entry.round.pk, entry.pk), {"aside-reason": "Not of this sort."})

    entry.refresh_from_db()
    assert (entry.state, entry.reason) == (EntryState.SET_ASIDE, "Not of this sort.")


def test_the_first_page_of_the_admin_shows_what_waits(desk, waiting):
    page = desk.get(reverse("wagtailadmin_home")).content.decode()

    assert "What waits for an editor" in page
    assert url("review", "guide", waiting.pk) in page
    assert "Awaiting your review" not in page


@pytest.mark.parametrize("model", ["products_product", "media_pipeline_video"])
def test_products_and_videos_are_looked_at_and_never_edited(client, editor, model):
    subject = ProductFactory(listed=True) if model == "products_product" else VideoFactory()
    for person in (editor, UserFactory(admin=True)):
        client.force_login(person)
        listing = client.get(reverse(f"wagtailsnippets_{model}:list"))
        edit = client.get(reverse(f"wagtailsnippets_{model}:edit", args=[subject.pk]))
        delete = client.get(reverse(f"wagtailsnippets_{model}:delete", args=[subject.pk]))

        assert subject.title in listing.content.decode()
        assert (edit.status_code, delete.status_code) == (302, 302)
        assert edit.url == delete.url == reverse("wagtailadmin_home")


@pytest.mark.parametrize("model", ["products_product", "media_pipeline_video"])
def test_products_and_videos_can_be_chosen_for_a_guide(desk, model):
    subject = ProductFactory(listed=True) if model == "products_product" else VideoFactory()

    answer = desk.get(
        reverse(f"wagtailsnippetchoosers_{model}:choose_results"), {"q": subject.title}
    )

    assert subject.title in answer.content.decode()


def test_a_guide_can_be_taken_down_from_its_page_in_the_admin(desk, waiting):
    page = desk.get(reverse("wagtailadmin_pages:edit", args=[waiting.pk])).content.decode()

    assert url("take_down", "guide", waiting.pk) in page


def test_a_merchants_page_counts_what_is_public(desk, merchant):
    MembershipFactory(merchant=merchant)
    ProductFactory(merchant=merchant, listed=True)
    VideoFactory(merchant=merchant, public=True)

    page = desk.get(url("merchant", merchant.pk)).content.decode()

    assert "1 product, 0 guides, 1 video" in page
