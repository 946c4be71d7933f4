from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from cms import services, tasks
from cms.models import GuideIndexPage, GuidePage
from tests.factories.cms import GuidePageFactory
from tests.factories.media_pipeline import PictureFactory, VideoFactory
from tests.publicity.approving import approve


@pytest.fixture
def draft(merchant, member):
    return GuidePageFactory(merchant=merchant, author=member, title="Choosing a kettle")


@pytest.fixture
def guide(draft, member, editor):
    """Public."""
    approve(draft, member, editor)
    return draft


def press(client, user, page, name):
    """A button of Wagtail's own pages."""
    client.force_login(user)
    answer = client.post(reverse(f"wagtailadmin_pages:{name}", args=[page.pk]))
    assert answer.status_code == 302


def test_not_before_an_editor_approves_it(draft, member, editor, is_found):
    assert not is_found(draft)
    services.submit(subject=draft, user=member)
    assert not is_found(draft)
    services.send_back(subject=draft, editor=editor, reason="Say more.")
    assert not is_found(draft)
    approve(draft, member, editor)
    assert is_found(draft)


def test_what_is_being_written_is_not_found(guide, member, editor, hits):
    services.save_guide(
        guide=guide,
        user=member,
        title="Choosing a samovar",
        summary="Samovars.",
        category=guide.category,
        picture=None,
        body=[("heading", "Samovar")],
    )
    assert [hit.title for hit in hits("guide", "kettle")] == ["Choosing a kettle"]
    assert [hit.title for hit in hits("guide", "samovar", as_typed=True)] == ["Choosing a kettle"]

    approve(guide, member, editor)
    assert [hit.title for hit in hits("guide", "samovar")] == ["Choosing a samovar"]


def test_on_its_day_until_its_last(draft, member, editor, is_found):
    now = timezone.now()
    services.schedule_guide(
        guide=draft,
        user=member,
        go_live_at=now + timedelta(days=2),
        expire_at=now + timedelta(days=4),
    )
    approve(draft, member, editor)
    assert not is_found(draft)
    with time_machine.travel(now + timedelta(days=3)):
        tasks.publish_scheduled()
        assert is_found(draft)
    with time_machine.travel(now + timedelta(days=5)):
        tasks.publish_scheduled()
        assert not is_found(draft)


def test_unpublished_and_published_again_in_the_admin(guide, editor, client, is_found):
    assert is_found(guide)
    press(client, editor, guide, "unpublish")
    assert not is_found(guide)

    form = {
        "title": "Choosing a teapot",
        "slug": "teapot",
        "summary": "Better.",
        "category": guide.category_id,
        "body": streamfield([("heading", "Better")]),
        "comments": inline_formset([]),
        "action-publish": "1",
    }
    client.post(reverse("wagtailadmin_pages:edit", args=[guide.pk]), nested_form_data(form))
    guide.refresh_from_db()
    assert guide.title == "Choosing a teapot"
    assert is_found(guide)


def test_unpublished_with_all_that_hangs_from_a_page(guide, admin, client, is_found):
    assert is_found(guide)
    client.force_login(admin)
    url = reverse("wagtailadmin_pages:unpublish", args=[guide.get_parent().pk])
    client.post(url, {"include_descendants": "on"})
    assert not is_found(guide)


def test_several_unpublished_at_once(guide, editor, client, is_found):
    client.force_login(editor)
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "unpublish"])
    assert is_found(guide)
    client.post(f"{url}?id={guide.pk}")
    assert not is_found(guide)


def test_deleted_by_its_merchant(guide, member, is_found):
    url = guide.get_url()
    assert is_found(guide)
    services.delete_guide(guide=guide, user=member)
    assert not is_found(guide, url)


def test_deleted_in_the_admin(guide, admin, client, is_found):
    url = guide.get_url()
    assert is_found(guide)
    press(client, admin, guide, "delete")
    assert not GuidePage.objects.exists()
    assert not is_found(guide, url)


def test_deleted_with_the_page_that_it_hangs_from(guide, is_found):
    url = guide.get_url()
    assert is_found(guide)
    GuideIndexPage.objects.get().delete()
    assert not is_found(guide, url)


def test_copied_in_the_admin(guide, editor, client, hits):
    client.force_login(editor)
    copy = {
        "new_title": "Choosing a samovar",
        "new_slug": "samovar",
        "new_parent_page": guide.get_parent().pk,
    }
    url = reverse("wagtailadmin_pages:copy", args=[guide.pk])
    client.post(url, copy)
    assert GuidePage.objects.count() == 2
    assert [hit.title for hit in hits("guide", "samovar")] == ["Choosing a kettle"]
    GuidePage.objects.get(slug="samovar").delete()
    client.post(url, {**copy, "publish_copies": "on"})
    assert [hit.title for hit in hits("guide", "samovar")] == ["Choosing a samovar"]


@pytest.mark.parametrize("where", ["guide", "page above", "root"])
def test_made_private_by_an_administrator(guide, where, hits):
    page = {"guide": guide, "page above": guide.get_parent(), "root": guide.get_root()}[where]
    private = PageViewRestriction.objects.create(
        page=Page.objects.get(pk=page.pk), restriction_type=PageViewRestriction.LOGIN
    )
    assert hits("guide", guide.title) == ()
    private.delete()
    assert [hit.object_id for hit in hits("guide", guide.title)] == [guide.pk]


def test_taken_down_and_allowed_again(guide, editor, is_found):
    decision = services.take_down(subject=guide, editor=editor, reason="Dangerous.")
    assert not is_found(guide)
    services.lift_take_down(take_down=decision, editor=editor)
    assert is_found(guide)


def test_an_earlier_version_put_back_waits_for_an_editor(guide, member, editor, hits):
    first = guide.live_revision
    services.save_guide(
        guide=guide,
        user=member,
        title="Choosing a samovar",
        summary="Samovars.",
        category=guide.category,
        picture=None,
        body=[("heading", "Samovar")],
        keep_version=True,
    )
    approve(guide, member, editor)
    services.restore_version(guide=guide, revision=first, user=member)
    assert [hit.title for hit in hits("guide", "samovar")] == ["Choosing a samovar"]
    approve(guide, member, editor)
    assert [hit.title for hit in hits("guide", "kettle")] == ["Choosing a kettle"]


def test_it_is_found_where_it_was_moved_to(guide, hits, catch_up):
    catch_up()
    guide.move(Page.objects.get(pk=guide.get_parent().get_parent().pk), pos="last-child")
    guide = GuidePage.objects.get()
    assert [hit.url for hit in hits("guide", guide.title)] == [guide.get_url()]


def test_it_is_found_at_its_address_when_the_page_above_gets_another(
    guide, is_found, hits, django_capture_on_commit_callbacks
):
    assert is_found(guide)
    with django_capture_on_commit_callbacks(execute=True):
        index = GuideIndexPage.objects.get()
        index.slug = "advice"
        index.save()
    assert is_found(GuidePage.objects.get())
    assert [hit.url for hit in hits("guide", guide.title)] == [f"/advice/{guide.slug}/"]


def test_one_that_a_rolled_back_transaction_published_is_not_found(draft, is_found):
    with transaction.atomic():
        draft.get_latest_revision().publish()
        transaction.set_rollback(True)
    draft.refresh_from_db()
    assert not is_found(draft)


def test_its_picture_is_the_one_it_has(merchant, opened, hits):
    picture = PictureFactory(merchant=merchant)
    guide = GuidePageFactory(merchant=merchant, picture=picture, live=True)
    opened()
    [before] = hits("guide", guide.title)

    picture.file.save("other.jpg", PictureFactory(merchant=merchant).file)
    picture.renditions.all().delete()
    [after] = hits("guide", guide.title)
    assert after.picture_url not in ("", before.picture_url)

    picture.delete()
    [without] = hits("guide", guide.title)
    assert without.picture_url == ""


def test_one_whose_picture_has_lost_its_file_can_still_be_taken_out(merchant, opened, is_found):
    picture = PictureFactory(merchant=merchant)
    guide = GuidePageFactory(merchant=merchant, picture=picture, live=True)
    picture.file.storage.delete(picture.file.name)
    opened()
    assert is_found(guide)
    guide.unpublish()
    assert not is_found(guide)


def test_it_has_a_video_while_that_can_be_seen(merchant, editor, opened, hits):
    video = VideoFactory(merchant=merchant, public=True)
    guide = GuidePageFactory(
        merchant=None, live=True, body=[("video", {"video": video, "caption": ""})]
    )
    opened()
    assert [hit.object_id for hit in hits("guide", has_video=True)] == [guide.pk]
    services.take_down(subject=video, editor=editor, reason="No.")
    assert hits("guide", has_video=True) == ()
