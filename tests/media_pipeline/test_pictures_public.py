"""Who may fetch a picture: everybody as long as something public shows it, and otherwise only
those whom it belongs to."""

import pytest
from django.core.cache import cache
from django.utils import timezone

from media_pipeline.models import Still
from merchants.choices import MerchantState
from products.choices import ProductState
from products.models import ProductPicture
from selection.models import Result
from tests.factories.accounts import UserFactory
from tests.factories.cms import GuidePageFactory
from tests.factories.media_pipeline import PictureFactory, VideoFactory
from tests.factories.merchants import MembershipFactory, MerchantFactory
from tests.factories.products import ProductFactory
from tests.factories.selection import EntryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_renditions_of_other_tests():
    """Wagtail keeps them in the cache by the picture's number, which tests use again."""
    cache.clear()


@pytest.fixture
def get(client):
    """Asks for a picture and for one that was made of it; both must be answered alike."""

    def get(picture, person=None):
        client.logout()
        if person:
            client.force_login(person)
        urls = (picture.file.url, picture.get_rendition("width-100").url)
        (status,) = {client.get(url).status_code for url in urls}
        return status

    return get


def poster_of(video):
    return video.source.poster


def test_a_take_down_takes_the_poster_with_it(get, client):
    video = VideoFactory(public=True)
    assert get(poster_of(video)) == 200

    video.live, video.taken_down_at = False, timezone.now()
    video.save()
    assert get(poster_of(video)) == 404
    member = MembershipFactory(merchant=video.merchant).user
    assert get(poster_of(video), member) == 200
    client.force_login(member)
    assert client.get(poster_of(video).file.url)["Cache-Control"] == "private, no-cache"


def test_a_poster_that_another_public_video_has_stays(get):
    video = VideoFactory(public=True)
    VideoFactory(public=True, source=video.source)
    video.live = False
    video.save()
    assert get(poster_of(video)) == 200


def test_what_a_suspended_merchant_shows_is_gone(get):
    video = VideoFactory(public=True)
    product = ProductFactory(merchant=video.merchant, listed=True)
    picture = ProductPicture.objects.create(
        product=product, picture=PictureFactory(merchant=video.merchant)
    ).picture
    assert {get(picture), get(poster_of(video))} == {200}

    video.merchant.state = MerchantState.SUSPENDED
    video.merchant.save()
    assert {get(picture), get(poster_of(video))} == {404}


def test_before_it_is_public_a_video_s_pictures_are_for_its_merchant_and_the_editors(get):
    video = VideoFactory(poster=PictureFactory())
    still = Still.objects.create(
        source=video.source, second=1.0, picture=PictureFactory(merchant=None)
    ).picture
    poster = poster_of(video)
    for person, status in (
        (None, 404),
        (UserFactory(), 404),
        (MembershipFactory().user, 404),
        (MembershipFactory(merchant=video.merchant).user, 200),
        (UserFactory(editor=True), 200),
    ):
        assert [get(one, person) for one in (poster, still)] == [status] * 2

    video.live = True
    video.save()
    assert [get(one) for one in (poster, still, video.poster)] == [200, 404, 200]


def test_a_merchant_s_picture_is_public_while_a_product_shows_it(get):
    picture = PictureFactory()
    assert get(picture) == 404
    assert get(picture, MembershipFactory(merchant=picture.merchant).user) == 200
    product = ProductFactory(merchant=picture.merchant, listed=True)
    product.pictures.create(picture=picture)
    assert get(picture) == 200

    product.state = ProductState.TAKEN_DOWN
    product.save()
    assert get(picture) == 404


def test_a_guide_makes_its_pictures_public(get, django_capture_on_commit_callbacks):
    merchant = MerchantFactory()
    head, inside = PictureFactory(merchant=merchant), PictureFactory(merchant=merchant)
    value = {"picture": inside.pk, "alt_text": "A lid", "caption": ""}
    guide = GuidePageFactory(
        merchant=merchant, picture=head, body=[{"type": "picture", "value": value}]
    )
    assert [get(head), get(inside)] == [404, 404]

    with django_capture_on_commit_callbacks(execute=True):
        guide.get_latest_revision().publish()
    assert [get(head), get(inside)] == [200, 200]
    with django_capture_on_commit_callbacks(execute=True):
        guide.refresh_from_db()
        guide.unpublish()
    assert [get(head), get(inside)] == [404, 404]


def test_results_keep_the_pictures_of_what_was_withdrawn_but_not_taken_down(get):
    entry = EntryFactory()
    product, video = entry.product, entry.video
    picture = product.pictures.create(picture=PictureFactory(merchant=product.merchant)).picture
    product.state, video.live = ProductState.WITHDRAWN, False
    product.save()
    video.save()
    assert [get(picture), get(poster_of(video))] == [404, 404]

    Result.objects.create(entry=entry, yes=2, no=1, score=0.6, rank=1, selected=True)
    entry.round.closed_at = timezone.now()
    entry.round.save()
    assert [get(picture), get(poster_of(video))] == [200, 200]

    product.state, video.taken_down_at = ProductState.TAKEN_DOWN, timezone.now()
    product.save()
    video.save()
    assert [get(picture), get(poster_of(video))] == [404, 404]


def test_a_public_poster_costs_two_queries(client, django_assert_num_queries):
    poster = poster_of(VideoFactory(public=True))
    with django_assert_num_queries(2):
        assert client.get(poster.file.url).status_code == 200


def test_logos(client):
    logo = PictureFactory().file.open()
    merchant = MerchantFactory()
    merchant.logo.save("logo.jpg", logo)
    member = MembershipFactory(merchant=merchant).user

    def statuses():
        found = []
        for person in (None, UserFactory(), member, UserFactory(editor=True)):
            client.logout()
            if person:
                client.force_login(person)
            found.append(client.get(merchant.logo.url).status_code)
        return found

    assert statuses() == [200, 200, 200, 200]
    merchant.state = MerchantState.SUSPENDED
    merchant.save()
    assert statuses() == [404, 404, 200, 200]
