import pytest
from django.urls import reverse
from django.utils import timezone

from cms.models import HomePage
from merchants.choices import MerchantState
from products.choices import ProductState
from selection.models import Entry, Round
from selection.services import close_round
from tests.factories.accounts import UserFactory
from tests.factories.cms import GuidePageFactory
from tests.factories.media_pipeline import PictureFactory, VideoFactory
from tests.factories.products import CategoryFactory, ProductFactory
from tests.factories.selection import EntryFactory, RoundFactory, VoteFactory

pytestmark = pytest.mark.django_db
HOME = "/"


def selected_entry(title: str) -> Entry:
    """An entry that a round, now closed, has selected."""
    entry = EntryFactory(product__title=title)
    VoteFactory(entry=entry)
    Round.objects.filter(pk=entry.round.pk).update(closes_at=timezone.now())
    close_round(round=Round.objects.get(pk=entry.round.pk))
    return entry


def fill() -> None:
    """One more of everything that the first page shows."""
    entry = EntryFactory()
    entry.product.pictures.create(picture=PictureFactory(merchant=entry.product.merchant))
    RoundFactory(announced=True)
    selected_entry("Chosen")
    GuidePageFactory(live=True, picture=PictureFactory(merchant=None))
    VideoFactory(public=True)
    CategoryFactory(service_promise="Thirty days to change your mind.")


def test_an_empty_house_says_so(client):
    assert "The house is still empty" in client.get(HOME).content.decode()


def test_editors_words_stand_on_the_stage(client):
    HomePage.objects.update(headline="Come and choose", introduction="Every voice is one vote.")
    page = client.get(HOME).content.decode()
    assert "Come and choose" in page
    assert "Every voice is one vote." in page


def test_everything_of_interest_is_on_one_page(client):
    entry = EntryFactory(round__title="Autumn cookers", product__title="Kama 1.0")
    RoundFactory(announced=True, title="Winter shoes")
    selected_entry("Iron pan")
    GuidePageFactory(live=True, title="Choosing a pan")
    VideoFactory(public=True, title="A pan in three minutes")
    ProductFactory(listed=True, title="Steel ladle")
    CategoryFactory(name="Beds", service_promise="A hundred nights to change your mind.")
    page = client.get(HOME).content.decode()
    for words in (
        "Autumn cookers",
        "Kama 1.0",
        entry.get_absolute_url(),
        "Winter shoes",
        "Iron pan",
        "Choosing a pan",
        "A pan in three minutes",
        "Steel ladle",
        "A hundred nights to change your mind.",
    ):
        assert words in page


def test_what_is_not_public_is_not_there(client):
    ProductFactory(title="Draft ladle")
    GuidePageFactory(title="Draft guide")
    VideoFactory(title="Draft video")
    withdrawn = selected_entry("Withdrawn pan").product
    withdrawn.state = ProductState.WITHDRAWN
    withdrawn.save()
    suspended = selected_entry("Pan of a suspended merchant").product.merchant
    suspended.state = MerchantState.SUSPENDED
    suspended.save()
    page = client.get(HOME).content.decode()
    for words in ("Draft ladle", "Draft guide", "Draft video", "Withdrawn pan", "suspended"):
        assert words not in page


def test_the_stage_shows_few_entries_and_the_same_to_everybody(client, admin_client):
    round_ = RoundFactory()
    entries = EntryFactory.create_batch(9, round=round_)
    shown = [
        [entry.pk for entry in entries if entry.get_absolute_url() in page.content.decode()]
        for page in (client.get(HOME), admin_client.get(HOME))
    ]
    assert len(shown[0]) == 4
    assert shown[0] == shown[1]


def test_every_entry_comes_on_stage_as_hours_pass(client, time_machine):
    round_ = RoundFactory(opens_at="2030-01-01T00:00Z", closes_at="2030-02-01T00:00Z")
    entries = EntryFactory.create_batch(6, round=round_)
    seen = set()
    for hour in range(24):
        time_machine.move_to(f"2030-01-02T{hour:02}:30Z")
        page = client.get(HOME).content.decode()
        seen |= {entry.pk for entry in entries if entry.get_absolute_url() in page}
    assert seen == {entry.pk for entry in entries}


def test_the_number_of_queries_does_not_grow(client, queries_of):
    fill()
    few = queries_of(client, HOME)
    for _ in range(3):
        fill()
    assert queries_of(client, HOME) == few
    assert few <= 30


def test_an_anonymous_visitor_gets_no_cookie(client):
    EntryFactory()
    assert not client.get(HOME).cookies


def test_the_header_knows_who_is_there(client):
    assert reverse("account_login") in client.get(HOME).content.decode()
    client.force_login(UserFactory(display_name="Ada Linden"))
    page = client.get(HOME).content.decode()
    assert "Ada Linden" in page
    assert reverse("wagtailadmin_home") not in page
    client.force_login(UserFactory(editor=True))
    assert reverse("wagtailadmin_home") in client.get(HOME).content.decode()
