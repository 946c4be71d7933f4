import pytest
from wagtail.models import Page

from accounts.models import Notification
from selection.choices import EntryState
from selection.errors import EntryRefusedError
from selection.exposure import user_viewer
from selection.models import Entry
from selection.selectors import (
    eligible_products,
    entries_for,
    entries_of,
    entry_for_page,
    rounds_to_enter,
)
from selection.services import close_round, enter_round, set_entry_aside, withdraw_entry
from tests.factories.accounts import UserFactory
from tests.factories.cms import GuidePageFactory
from tests.factories.media_pipeline import VideoFactory
from tests.factories.merchants import MembershipFactory
from tests.factories.products import CategoryFactory, ProductFactory
from tests.factories.selection import EntryFactory, RoundFactory, VoteFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def round():
    return RoundFactory()


@pytest.fixture
def membership():
    return MembershipFactory()


@pytest.fixture
def product(round, membership):
    return ProductFactory(listed=True, category=round.category, merchant=membership.merchant)


@pytest.fixture
def video(membership):
    return VideoFactory(public=True, merchant=membership.merchant)


def refusal_of(**words):
    with pytest.raises(EntryRefusedError) as refused:
        enter_round(**words)
    return str(refused.value)


def test_a_merchant_enters_a_product_with_its_video_and_guide(round, membership, product, video):
    guide = GuidePageFactory(live=True, merchant=membership.merchant)

    entry = enter_round(
        round=round, product=product, video=video, guide=guide, user=membership.user
    )

    assert entry.state == EntryState.ENTERED
    [shown] = entries_for(round, user_viewer(1))
    assert (shown, shown.guide.pk, shown.entered_by) == (entry, guide.pk, membership.user)
    assert list(entries_of(membership.merchant)) == [entry]


def test_a_product_of_a_category_below_may_enter(round, membership, video):
    below = CategoryFactory(parent=round.category)
    product = ProductFactory(listed=True, category=below, merchant=membership.merchant)

    assert list(eligible_products(round, membership.merchant)) == [product]
    assert list(rounds_to_enter(membership.merchant)) == [round]
    enter_round(round=round, product=product, video=video, user=membership.user)


def test_a_product_enters_once(round, membership, product, video):
    enter_round(round=round, product=product, video=video, user=membership.user)

    sentence = refusal_of(round=round, product=product, video=video, user=membership.user)

    assert sentence == "This product is in the round already."
    assert not eligible_products(round, membership.merchant)


@pytest.mark.parametrize("state", ["over", "closed"])
def test_a_round_that_has_ended_takes_no_entries(round, membership, product, video, state):
    if state == "closed":
        close_round(round=round)
    else:
        round.closes_at = round.opens_at + (round.closes_at - round.opens_at) / 100
        round.save()

    sentence = refusal_of(round=round, product=product, video=video, user=membership.user)

    assert sentence == "This round takes no more entries. Choose one that is open."
    assert not rounds_to_enter(membership.merchant)


def test_only_members_enter_their_merchants_products(round, product, video):
    stranger = MembershipFactory().user

    sentence = refusal_of(round=round, product=product, video=video, user=stranger)

    assert sentence == "You can only enter products of a merchant you are a member of."


def test_what_shoppers_cannot_see_cannot_enter(round, membership, product, video):
    words = {"round": round, "user": membership.user}
    draft = ProductFactory(category=round.category, merchant=membership.merchant)
    unseen = VideoFactory(merchant=membership.merchant)
    guide = GuidePageFactory(merchant=membership.merchant, live=False)

    assert "List it first" in refusal_of(product=draft, video=video, **words)
    assert "This video isn't public yet" in refusal_of(product=product, video=unseen, **words)
    assert "This guide isn't public yet" in refusal_of(
        product=product, video=video, guide=guide, **words
    )
    assert not Entry.objects.exists()


def test_a_suspended_merchant_cannot_enter(round, membership, product, video):
    membership.merchant.state = "suspended"
    membership.merchant.save()

    assert "List it first" in refusal_of(
        round=round, product=product, video=video, user=membership.user
    )


def test_nothing_of_another_merchants_can_be_entered(round, membership, product, video):
    words = {"round": round, "user": membership.user, "product": product}

    assert "The video must be one of the same" in refusal_of(
        video=VideoFactory(public=True), **words
    )
    assert "The guide must be one of the same" in refusal_of(
        video=video, guide=GuidePageFactory(live=True), **words
    )
    assert "The guide must be one of the same" in refusal_of(
        video=video, guide=Page.objects.get(depth=1), **words
    )


def test_a_product_of_another_category_is_refused_with_the_right_one(round, membership, video):
    product = ProductFactory(listed=True, merchant=membership.merchant)

    sentence = refusal_of(round=round, product=product, video=video, user=membership.user)

    assert sentence == (f"This round is for “{round.category}”. Choose a product of that category.")
    assert not eligible_products(round, membership.merchant)


def test_a_withdrawn_entry_is_no_longer_shown_and_may_come_back_while_nobody_has_voted(
    round, membership, product, video
):
    entry = enter_round(round=round, product=product, video=video, user=membership.user)

    withdraw_entry(entry=entry, user=membership.user)

    assert entries_for(round, user_viewer(1)) == []
    assert list(eligible_products(round, membership.merchant)) == [product]
    another = VideoFactory(public=True, merchant=membership.merchant)
    again = enter_round(round=round, product=product, video=another, user=membership.user)
    assert (again.pk, again.video, again.state) == (entry.pk, another, EntryState.ENTERED)


def test_votes_for_one_video_never_speak_for_another(round, membership, product, video):
    entry = enter_round(round=round, product=product, video=video, user=membership.user)
    VoteFactory(entry=entry)
    withdraw_entry(entry=entry, user=membership.user)

    sentence = refusal_of(round=round, product=product, video=video, user=membership.user)

    assert sentence == (
        "This product was withdrawn after shoppers had voted. Enter it in the next round."
    )


def test_only_the_merchants_members_withdraw_and_only_before_the_end():
    entry = EntryFactory()
    member = MembershipFactory(merchant=entry.product.merchant).user

    with pytest.raises(EntryRefusedError, match="Only members of the merchant"):
        withdraw_entry(entry=entry, user=UserFactory())
    close_round(round=entry.round)
    with pytest.raises(EntryRefusedError, match="The round has ended"):
        withdraw_entry(entry=entry, user=member)

    entry.refresh_from_db()
    assert entry.state == EntryState.ENTERED


def test_an_editor_sets_an_entry_aside_for_a_published_reason():
    entry = EntryFactory()
    member = MembershipFactory(merchant=entry.product.merchant).user
    editor = UserFactory(editor=True)

    set_entry_aside(entry=entry, editor=editor, reason=" The video shows another model. ")

    entry.refresh_from_db()
    assert (entry.state, entry.reason, entry.set_aside_by) == (
        EntryState.SET_ASIDE,
        "The video shows another model.",
        editor,
    )
    told = Notification.objects.get(user=member)
    assert "The video shows another model." in told.body
    assert entries_for(entry.round, user_viewer(1)) == []


def test_setting_aside_needs_a_reason_and_an_unfinished_round():
    entry, editor = EntryFactory(), UserFactory(editor=True)

    with pytest.raises(EntryRefusedError, match="Say why"):
        set_entry_aside(entry=entry, editor=editor, reason=" ")
    close_round(round=entry.round)
    with pytest.raises(EntryRefusedError, match="its result is written"):
        set_entry_aside(entry=entry, editor=editor, reason="Late.")


def test_no_merchant_brings_an_entry_back_that_was_set_aside(round, membership, product, video):
    entry = enter_round(round=round, product=product, video=video, user=membership.user)
    set_entry_aside(entry=entry, editor=UserFactory(), reason="Another model.")

    with pytest.raises(EntryRefusedError, match="set this entry aside already"):
        withdraw_entry(entry=entry, user=membership.user)
    assert "An editor has set this product aside" in refusal_of(
        round=round, product=product, video=video, user=membership.user
    )


def test_entries_are_shown_with_all_that_a_card_needs_in_a_fixed_number_of_queries(
    round, django_assert_num_queries
):
    guide = GuidePageFactory(live=True)
    EntryFactory.create_batch(4, round=round, guide=guide)

    with django_assert_num_queries(3):  # entries, pictures, guides
        for entry in entries_for(round, user_viewer(1)):
            assert entry.guide.title
            assert entry.product.merchant.name
            assert entry.product.category.name
            assert list(entry.product.pictures.all()) == []
            assert entry.video.source.poster.title


def test_a_guide_that_is_not_public_any_more_is_not_shown(round):
    guide = GuidePageFactory(live=True)
    entry = EntryFactory(round=round, guide=guide)
    Page.objects.filter(pk=guide.pk).update(live=False)

    assert entry_for_page(round.slug, entry.pk).guide is None
    assert [shown.guide for shown in entries_for(round, user_viewer(1))] == [None]


def test_an_entry_has_a_page_only_in_its_own_round_and_while_it_is_visible(round):
    entry = EntryFactory(round=round)

    assert entry_for_page(round.slug, entry.pk) == entry
    assert entry_for_page(RoundFactory().slug, entry.pk) is None
    withdraw_entry(entry=entry, user=MembershipFactory(merchant=entry.product.merchant).user)
    assert entry_for_page(round.slug, entry.pk) is None
