import pytest
from django.urls import reverse
from django.utils import timezone

from selection.models import Round
from selection.services import close_round
from tests.factories.accounts import NotificationFactory, UserFactory
from tests.factories.media_pipeline import PictureFactory
from tests.factories.selection import EntryFactory, VoteFactory

pytestmark = pytest.mark.django_db
MY = reverse("storefront:my")


@pytest.fixture
def shopper(client):
    shopper = UserFactory(display_name="Ada Linden")
    client.force_login(shopper)
    return shopper


def test_it_is_for_people_who_are_signed_in(client):
    assert client.get(MY)["Location"] == f"{reverse('account_login')}?next={MY}"


def test_no_vote_yet_says_where_to_begin(client, shopper):
    page = client.get(MY).content.decode()
    assert "You have not voted yet" in page
    assert reverse("storefront:auditions") in page


def test_votes_stand_with_what_came_of_them(client, shopper):
    won = EntryFactory(product__title="Liked")
    VoteFactory(entry=won, shopper=shopper, comment="Spare parts!")
    Round.objects.filter(pk=won.round.pk).update(closes_at=timezone.now())
    close_round(round=Round.objects.get(pk=won.round.pk))
    VoteFactory(entry__product__title="Pending", shopper=shopper, choice="no")
    VoteFactory(entry__product__title="Of somebody else")
    page = client.get(MY).content.decode()
    assert "Liked" in page
    assert "“Spare parts!”" in page
    assert "Pending" in page
    assert "left to change it" in page
    assert "Of somebody else" not in page


def test_open_rounds_that_are_not_finished_wait(client, shopper):
    begun = EntryFactory(round__title="Begun")
    EntryFactory(round=begun.round)
    VoteFactory(entry=begun, shopper=shopper)
    finished = EntryFactory(round__title="Finished")
    VoteFactory(entry=finished, shopper=shopper)
    rounds = client.get(MY).context["page"].rounds_to_do
    assert [(one.round.title, one.judged) for one in rounds] == [("Begun", 1)]


def test_news_are_counted_in_the_header(client, shopper):
    NotificationFactory.create_batch(3, user=shopper)
    NotificationFactory(user=shopper, read_at=timezone.now())
    NotificationFactory()
    assert client.get(MY).context["frame"].unread_count == 3


def test_the_number_of_queries_does_not_grow(client, shopper, queries_of):
    def fill():
        entry = EntryFactory()
        EntryFactory(round=entry.round)
        entry.product.pictures.create(picture=PictureFactory())
        VoteFactory(entry=entry, shopper=shopper)

    fill()
    few = queries_of(client, MY)
    for _ in range(3):
        fill()
    assert queries_of(client, MY) == few
    assert few <= 16
