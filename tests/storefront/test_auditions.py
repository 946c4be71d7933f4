import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cms.services import take_down
from selection.choices import Choice
from selection.models import LedgerLine, Round, Vote
from selection.selectors import entries_for
from selection.services import close_round, withdraw_entry
from tests.factories.accounts import UserFactory
from tests.factories.media_pipeline import PictureFactory
from tests.factories.merchants import MembershipFactory
from tests.factories.selection import EntryFactory, RoundFactory, VoteFactory

pytestmark = pytest.mark.django_db
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def shopper():
    return UserFactory()


@pytest.fixture
def seated(client, shopper) -> Client:
    client.force_login(shopper)
    return client


def vote_url(entry) -> str:
    return reverse("storefront:vote", args=[entry.round.slug, entry.pk])


def shown_order(page: str, round_: Round) -> list[int]:
    """The entries of a page in the order in which they stand there."""
    return [
        int(pk) for pk in re.findall(rf'card-link" href="/auditions/{round_.slug}/(\d+)/"', page)
    ]


def close(round_: Round) -> Round:
    Round.objects.filter(pk=round_.pk).update(closes_at=timezone.now())
    close_round(round=Round.objects.get(pk=round_.pk))
    return Round.objects.get(pk=round_.pk)


class TestList:
    def test_open_ones_come_first_then_those_to_come_then_the_past(self, client):
        past = close(EntryFactory(round__title="Past one").round)
        RoundFactory(announced=True, title="Coming one")
        RoundFactory(title="Open one")
        page = client.get(reverse("storefront:auditions")).content.decode()
        places = [page.index(title) for title in ("Open one", "Coming one", past.title)]
        assert places == sorted(places)

    def test_no_audition_is_said_plainly(self, client):
        assert "No audition yet" in client.get(reverse("storefront:auditions")).content.decode()

    def test_the_number_of_queries_does_not_grow(self, client, queries_of):
        EntryFactory()
        few = queries_of(client, reverse("storefront:auditions"))
        EntryFactory.create_batch(4)
        assert queries_of(client, reverse("storefront:auditions")) == few
        assert few <= 6


class TestOrder:
    def test_each_shopper_has_an_order_of_their_own_and_keeps_it(self, client, shopper):
        round_ = RoundFactory()
        EntryFactory.create_batch(8, round=round_)
        client.force_login(shopper)
        first = shown_order(client.get(round_.get_absolute_url()).content.decode(), round_)
        again = shown_order(client.get(round_.get_absolute_url()).content.decode(), round_)
        client.force_login(UserFactory())
        other = shown_order(client.get(round_.get_absolute_url()).content.decode(), round_)
        assert first == again == [one.pk for one in entries_for(round_, f"user:{shopper.pk}")]
        assert sorted(other) == sorted(first)
        assert other != first

    def test_an_anonymous_browser_keeps_its_order_too(self, client):
        round_ = RoundFactory()
        EntryFactory.create_batch(8, round=round_)
        first = shown_order(client.get(round_.get_absolute_url()).content.decode(), round_)
        again = shown_order(client.get(round_.get_absolute_url()).content.decode(), round_)
        stranger = shown_order(Client().get(round_.get_absolute_url()).content.decode(), round_)
        assert first == again
        assert stranger != first
        assert "sessionid" not in client.cookies

    def test_a_token_that_was_tampered_with_is_replaced(self, client):
        round_ = EntryFactory().round
        client.cookies["seat"] = "x" * 3000
        response = client.get(round_.get_absolute_url())
        assert len(response.cookies["seat"].value) == 22

    def test_going_from_entry_to_entry_keeps_to_it(self, seated, shopper):
        round_ = RoundFactory()
        EntryFactory.create_batch(3, round=round_)
        first, second, third = entries_for(round_, f"user:{shopper.pk}")
        page = seated.get(second.get_absolute_url()).content.decode()
        assert "Entry 2 of 3" in page
        assert f'data-previous href="{first.get_absolute_url()}"' in page
        assert f'data-next href="{third.get_absolute_url()}"' in page


class TestVoting:
    def test_a_vote_is_saved_and_shown_without_javascript(self, seated, shopper):
        entry = EntryFactory()
        response = seated.post(vote_url(entry), {"choice": "yes", "comment": "Spare parts!"})
        assert response.status_code == 302
        assert response["Location"] == f"{entry.get_absolute_url()}#vote-{entry.pk}"
        vote = Vote.objects.get()
        assert (vote.shopper, vote.choice, vote.comment) == (shopper, "yes", "Spare parts!")
        page = seated.get(entry.get_absolute_url()).content.decode()
        assert "Your vote is saved." in page
        assert "You can change it until" in page
        assert "Spare parts!" in page
        assert re.search(r'id="vote-\d+-yes"[^>]*aria-pressed="true"', page)

    def test_from_the_grid_it_comes_back_to_the_grid(self, seated):
        entry = EntryFactory()
        response = seated.post(vote_url(entry), {"choice": "no", "panel": "compact"})
        assert response["Location"] == f"{entry.round.get_absolute_url()}#vote-{entry.pk}"

    def test_with_htmx_only_the_thumbs_come_back(self, seated):
        entry = EntryFactory()
        EntryFactory(round=entry.round)
        response = seated.post(vote_url(entry), {"choice": "yes"}, **HTMX)
        page = response.content.decode()
        assert response.status_code == 200
        assert "<html" not in page
        assert f'id="vote-{entry.pk}"' in page
        assert "You have judged 1 of 2 entries" in page
        assert 'hx-swap-oob="innerHTML">Your vote is saved.' in page

    def test_it_can_be_changed_and_taken_back(self, seated):
        entry = EntryFactory()
        seated.post(vote_url(entry), {"choice": "yes"})
        seated.post(vote_url(entry), {"choice": "no"})
        assert Vote.objects.get().choice == Choice.NO
        page = seated.post(vote_url(entry), {"choice": "take_back"}, **HTMX).content.decode()
        assert not Vote.objects.exists()
        assert "Your vote was taken back." in page

    def test_the_same_form_sent_twice_is_one_line_in_the_ledger(self, seated):
        entry = EntryFactory()
        page = seated.get(entry.get_absolute_url()).content.decode()
        [key] = re.findall(r'name="key" value="([0-9a-f-]{36})"', page)
        for _ in range(2):
            seated.post(vote_url(entry), {"choice": "yes", "key": key})
        assert LedgerLine.objects.count() == 1

    def test_a_choice_that_is_none_is_refused(self, seated):
        response = seated.post(vote_url(EntryFactory()), {"choice": "maybe"})
        assert response.status_code == 422
        assert "Choose yes or no." in response.content.decode()
        assert not Vote.objects.exists()

    def test_words_that_are_too_long_come_back_to_be_shortened(self, seated):
        words = "long " * 120
        entry = EntryFactory()
        for extra in ({}, HTMX):
            response = seated.post(vote_url(entry), {"choice": "yes", "comment": words}, **extra)
            assert response.status_code == 422
            assert "too long" in response.content.decode()
            assert words.strip() in response.content.decode()
        assert not Vote.objects.exists()

    def test_members_cannot_vote_on_their_own(self, seated, shopper):
        entry = EntryFactory()
        MembershipFactory(merchant=entry.product.merchant, user=shopper)
        response = seated.post(vote_url(entry), {"choice": "yes"})
        assert response.status_code == 422
        assert "a merchant you belong to" in response.content.decode()

    def test_after_the_end_it_is_refused(self, seated):
        entry = EntryFactory()
        Round.objects.filter(pk=entry.round.pk).update(closes_at=timezone.now())
        response = seated.post(vote_url(entry), {"choice": "yes"})
        assert response.status_code == 422
        assert not Vote.objects.exists()

    def test_only_post_votes(self, seated):
        assert seated.get(vote_url(EntryFactory())).status_code == 405

    def test_a_forged_form_is_refused(self, shopper):
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(shopper)
        response = strict.post(vote_url(EntryFactory()), {"choice": "yes"})
        assert response.status_code == 403
        assert "Please send that again" in response.content.decode()


class TestAnonymous:
    def test_the_thumbs_lead_to_signing_in_and_back(self, client):
        entry = EntryFactory()
        page = client.get(entry.get_absolute_url()).content.decode()
        [link] = re.findall(r'class="thumb thumb-yes" href="([^"]+)"', page)
        parts = urlsplit(link)
        assert parts.path == reverse("account_login")
        back = parse_qs(parts.query)["next"][0]
        assert back == f"{entry.get_absolute_url()}?choice=yes"
        client.force_login(UserFactory())
        page = client.get(back).content.decode()
        assert "Press your choice once more to save it." in page
        assert re.search(r'id="vote-\d+-yes"[^>]* data-intended', page)
        assert not Vote.objects.exists()

    @pytest.mark.parametrize("extra", [{}, HTMX])
    def test_a_form_sent_after_signing_out_leads_there_too(self, client, extra):
        entry = EntryFactory()
        response = client.post(vote_url(entry), {"choice": "no"}, **extra)
        to = response["HX-Redirect"] if extra else response["Location"]
        assert urlsplit(to).path == reverse("account_login")
        assert parse_qs(urlsplit(to).query)["next"] == [f"{entry.get_absolute_url()}?choice=no"]

    def test_pages_set_no_csrf_cookie(self, client):
        client.get(EntryFactory().get_absolute_url())
        assert "csrftoken" not in client.cookies


class TestWhatIsShown:
    def test_what_left_the_round_is_not_found(self, client):
        entry = EntryFactory()
        withdrawn = EntryFactory(round=entry.round)
        member = MembershipFactory(merchant=withdrawn.product.merchant).user
        withdraw_entry(entry=withdrawn, user=member)
        taken_down = EntryFactory(round=entry.round)
        take_down(subject=taken_down.video, editor=UserFactory(editor=True), reason="Not theirs.")
        page = client.get(entry.round.get_absolute_url()).content.decode()
        assert shown_order(page, entry.round) == [entry.pk]
        assert client.get(withdrawn.get_absolute_url()).status_code == 404
        assert client.get(taken_down.get_absolute_url()).status_code == 404

    def test_an_entry_is_found_in_its_own_round_only(self, client):
        entry, other = EntryFactory(), RoundFactory()
        url = reverse("storefront:entry", args=[other.slug, entry.pk])
        assert client.get(url).status_code == 404
        assert client.get("/auditions/nowhere/").status_code == 404

    def test_an_announced_round_says_when_it_opens_and_takes_no_votes(self, seated):
        entry = EntryFactory(round__announced=True)
        page = seated.get(entry.round.get_absolute_url()).content.decode()
        assert "Voting opens on" in page
        assert "thumb-yes" not in page

    def test_a_round_being_counted_says_so(self, client):
        entry = EntryFactory(round__over=True)
        page = client.get(entry.round.get_absolute_url()).content.decode()
        assert "being counted" in page
        assert "thumb-yes" not in page

    def test_how_it_stands_is_hidden_until_the_close(self, client):
        entry = EntryFactory()
        VoteFactory.create_batch(7, entry=entry)
        for url in (entry.round.get_absolute_url(), entry.get_absolute_url()):
            page = client.get(url).content.decode()
            assert "<meter" not in page
            assert "7 voted" not in page
            assert ">7<" not in page

    def test_the_result_is_shown_in_its_order_after_the_close(self, seated, shopper):
        winner = EntryFactory(product__title="Liked")
        loser = EntryFactory(round=winner.round, product__title="Not liked")
        VoteFactory.create_batch(3, entry=winner)
        VoteFactory(entry=winner, shopper=shopper)
        VoteFactory.create_batch(2, entry=loser, choice="no")
        round_ = close(winner.round)
        page = seated.get(round_.get_absolute_url()).content.decode()
        assert shown_order(page, round_) == [winner.pk, loser.pk]
        assert "<strong>4</strong> yes, 0 no" in page
        assert "you voted yes" in page
        entry_page = seated.get(winner.get_absolute_url()).content.decode()
        assert "Place 1: 4 voted yes, 0 no." in entry_page
        assert "Selected by shoppers" in entry_page

    def test_a_winner_taken_down_since_is_not_shown(self, client):
        entry = EntryFactory()
        VoteFactory(entry=entry)
        round_ = close(entry.round)
        take_down(subject=entry.product, editor=UserFactory(editor=True), reason="Recalled.")
        page = client.get(round_.get_absolute_url()).content.decode()
        assert shown_order(page, round_) == []


class TestQueries:
    @pytest.fixture
    def round_(self):
        return RoundFactory(closes_at=timezone.now() + timedelta(days=1))

    def fill(self, round_, shopper) -> None:
        entry = EntryFactory(round=round_)
        entry.product.pictures.create(picture=PictureFactory())
        VoteFactory(entry=entry, shopper=shopper)
        VoteFactory.create_batch(3, entry=entry)

    def test_of_a_round_do_not_grow(self, seated, shopper, round_, queries_of):
        self.fill(round_, shopper)
        few = queries_of(seated, round_.get_absolute_url())
        for _ in range(3):
            self.fill(round_, shopper)
        assert queries_of(seated, round_.get_absolute_url()) == few
        assert few <= 16

    def test_of_an_entry_do_not_grow(self, seated, shopper, round_, queries_of):
        self.fill(round_, shopper)
        entry = round_.entries.get()
        few = queries_of(seated, entry.get_absolute_url())
        for _ in range(3):
            self.fill(round_, shopper)
        assert queries_of(seated, entry.get_absolute_url()) == few
        assert few <= 22

    def test_of_a_result_do_not_grow(self, seated, shopper, queries_of):
        def closed_with(entries: int) -> str:
            round_ = RoundFactory()
            for _ in range(entries):
                self.fill(round_, shopper)
            return close(round_).get_absolute_url()

        few = queries_of(seated, closed_with(1))
        assert queries_of(seated, closed_with(4)) == few
        assert few <= 14
