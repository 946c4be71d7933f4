import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from media_pipeline.models import Picture
from tests.factories.media_pipeline import PictureFactory, VideoFactory, picture_bytes
from tests.factories.products import ProductFactory


def upload(name="a_bowl-of rice.jpg", content=None):
    return SimpleUploadedFile(name, content or picture_bytes(), "image/jpeg")


def test_a_merchant_without_pictures_reads_what_they_are_for(browser, address):
    assert "No pictures yet" in browser.get(address("pictures/")).text


def test_several_pictures_are_added_at_once(browser, address, merchant):
    response = browser.post(
        address("pictures/"), {"pictures": [upload(), upload("second.jpg")]}, follow=True
    )

    assert "2 pictures added." in response.text
    titles = Picture.objects.filter(merchant=merchant).values_list("title", flat=True)
    assert set(titles) == {"a bowl of rice", "second"}


def test_what_is_no_picture_is_refused_by_name_and_the_others_go_in(browser, address, merchant):
    hostile = upload("shell.jpg", b"<?php system($_GET['c']); ?>")
    response = browser.post(address("pictures/"), {"pictures": [hostile, upload()]}, follow=True)

    assert "shell.jpg: This is not a picture that we can read." in response.text
    assert Picture.objects.filter(merchant=merchant).count() == 1


def test_nothing_chosen_is_said(browser, address):
    response = browser.post(address("pictures/"), {})

    assert list(response.context["form"].errors) == ["pictures"]


def test_the_list_is_the_merchants_own_without_posters(browser, address, merchant):
    own = PictureFactory(merchant=merchant)
    PictureFactory()
    video = VideoFactory(merchant=merchant)
    Picture.objects.filter(pk=video.source.poster_id).update(merchant=merchant)

    assert list(browser.get(address("pictures/")).context["page"]) == [own]


def test_a_thumb_is_for_the_merchants_own_and_the_editors_pictures(browser, address, merchant):
    own = PictureFactory(merchant=merchant)
    editors, foreign = PictureFactory(merchant=None), PictureFactory()

    for picture, status in ((own, 302), (editors, 302), (foreign, 404)):
        assert browser.get(address(f"pictures/{picture.pk}/thumb/")).status_code == status
    response = browser.get(address(f"pictures/{own.pk}/thumb/"))
    assert response.headers["Location"].startswith("/media/files/")
    assert "private" in response.headers["Cache-Control"]


@pytest.mark.parametrize(
    ("kind", "factory"),
    [("picture", PictureFactory), ("product", ProductFactory), ("video", VideoFactory)],
)
def test_the_chooser_searches_what_is_the_merchants_own(browser, address, merchant, kind, factory):
    wanted = factory(merchant=merchant, title="Large kettle")
    factory(merchant=merchant, title="Small kettle")
    factory(title="Large kettle of theirs")
    response = browser.get(address(f"choose/{kind}/"), {"q": "kettle large"})

    assert list(response.context["page"]) == [wanted]
    assert f'data-pick="{wanted.pk}"' in response.text


def test_a_picture_uploaded_in_the_chooser_is_chosen(browser, address, merchant):
    response = browser.post(address("choose/picture/"), {"pictures": upload()})

    picture = Picture.objects.get(merchant=merchant)
    assert f'data-fresh data-pick="{picture.pk}"' in response.text

    refused = browser.post(address("choose/picture/"), {"pictures": upload("x.jpg", b"nonsense")})
    assert refused.status_code == 422
    assert "not a picture that we can read" in refused.text
    assert Picture.objects.filter(merchant=merchant).count() == 1


def test_there_is_nothing_else_to_choose(browser, address):
    assert browser.get(address("choose/user/")).status_code == 404
    assert browser.post(address("choose/video/"), {"pictures": upload()}).status_code == 404
