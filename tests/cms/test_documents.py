"""What search knows of guides: the outbox that changes leave, and the documents."""

import pytest

from cms import services
from cms.documents import all_guide_ids, build_guides
from cms.models import GuidePage
from merchants.services import reinstate_merchant, suspend_merchant
from products.services import update_category
from search.models import OutboxEntry
from tests.factories.cms import GuidePageFactory
from tests.factories.media_pipeline import PictureFactory, VideoFactory
from tests.factories.products import CategoryFactory

pytestmark = pytest.mark.django_db


def noted(kind="guide"):
    ids = sorted(OutboxEntry.objects.filter(kind=kind).values_list("object_id", flat=True))
    OutboxEntry.objects.all().delete()
    return sorted(set(ids))


def test_a_public_guide_is_described_whole(merchant):
    kitchen = CategoryFactory(slug="kitchen")
    category = CategoryFactory(slug="rice-cookers", parent=kitchen, name="Rice cookers")
    guide = GuidePageFactory(
        merchant=merchant,
        category=category,
        picture=PictureFactory(merchant=merchant),
        live=True,
        body=[
            ("rich_text", "<p>A <b>heavy</b> bowl.</p>"),
            ("safety_note", {"level": "danger", "text": "Steam burns."}),
            ("video", {"video": VideoFactory(merchant=merchant, public=True), "caption": ""}),
        ],
    )

    (document,) = build_guides([guide.pk])

    assert document.title == guide.title
    assert document.url == guide.url
    assert "heavy" in document.body
    assert "Steam burns." in document.body
    assert "<b>" not in document.body
    assert document.category_path == ("kitchen", "rice-cookers")
    assert (document.merchant, document.merchant_slug) == (merchant.name, merchant.slug)
    assert document.has_video
    assert document.picture_url.startswith("/media/files/")


def test_what_nobody_may_read_has_no_document(merchant):
    draft = GuidePageFactory(merchant=merchant)
    suspended = GuidePageFactory(merchant__state="suspended", live=True)
    editors = GuidePageFactory(merchant=None, live=True)

    documents = build_guides([draft.pk, suspended.pk, editors.pk])

    assert [document.object_id for document in documents] == [editors.pk]
    assert set(all_guide_ids()) == {suspended.pk, editors.pk}


def test_many_documents_take_few_queries(merchant, django_assert_max_num_queries):
    ids = [
        GuidePageFactory(merchant=merchant, picture=PictureFactory(merchant=merchant), live=True).pk
        for _ in range(4)
    ]
    build_guides(ids)  # makes the pictures' renditions

    with django_assert_max_num_queries(8):
        assert len(build_guides(ids)) == 4


def test_every_change_of_what_is_public_is_noted(merchant, member, editor):
    guide = GuidePageFactory(merchant=merchant, author=member)
    assert noted() == []

    services.submit(subject=guide, user=member)
    services.approve(subject=guide, editor=editor)
    assert noted() == [guide.pk]

    decision = services.take_down(subject=guide, editor=editor, reason="No.")
    assert noted() == [guide.pk]
    services.lift_take_down(take_down=decision, editor=editor)
    assert noted() == [guide.pk]

    GuidePage.objects.get().unpublish(user=editor)
    assert noted() == [guide.pk]
    services.delete_guide(guide=guide, user=member)
    assert noted() == [guide.pk]


def test_a_videos_publicity_is_noted(merchant, member, editor):
    video = VideoFactory(merchant=merchant)
    services.submit(subject=video, user=member)
    OutboxEntry.objects.all().delete()

    services.approve(subject=video, editor=editor)
    assert noted("video") == [video.pk]
    services.take_down(subject=video, editor=editor, reason="No.")
    assert noted("video") == [video.pk]


def test_a_suspension_takes_what_a_merchant_shows_out_and_its_end_puts_it_back(merchant, editor):
    guide = GuidePageFactory(merchant=merchant, live=True)
    video = VideoFactory(merchant=merchant, public=True)
    noted()

    suspend_merchant(merchant=merchant, editor=editor, reason="Did not deliver.")
    assert OutboxEntry.objects.filter(kind="video", object_id=video.pk).exists()
    assert noted() == [guide.pk]
    assert list(build_guides([guide.pk])) == []

    reinstate_merchant(merchant=merchant, editor=editor)
    assert noted() == [guide.pk]
    assert len(list(build_guides([guide.pk]))) == 1


def test_a_categorys_new_name_reaches_its_guides(merchant):
    category = CategoryFactory()
    guide = GuidePageFactory(merchant=merchant, category=category, live=True)
    noted()

    update_category(category=category, name="Another name")

    assert noted() == [guide.pk]
