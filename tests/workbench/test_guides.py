import pytest
from wagtail.models import Revision

from cms import services as cms
from cms.choices import ReviewState
from cms.models import GuidePage
from cms.selectors import review_of
from merchants.choices import Role
from tests.factories.accounts import UserFactory
from tests.factories.cms import GuidePageFactory
from tests.factories.media_pipeline import PictureFactory, VideoFactory
from tests.factories.merchants import MembershipFactory
from tests.factories.products import CategoryFactory, ProductFactory

SUMMARY = "Two sentences. They say what matters."


@pytest.fixture
def guide(merchant, member):
    return GuidePageFactory(merchant=merchant, author=member, summary=SUMMARY)


@pytest.fixture
def page(browser, address, guide):
    """The editor as a browser holds it: `page(title="New")` are the fields that it would send,
    without a body unless one is given."""

    def fields(**changes):
        context = browser.get(address(f"guides/{guide.pk}/")).context
        data = {
            "version": context["version"],
            "window": context["window"],
            "title": guide.title,
            "summary": SUMMARY,
            "category": guide.category_id,
            "picture": "",
        }
        return data | changes

    return fields


def draft_of(guide):
    return GuidePage.objects.get(pk=guide.pk).get_latest_revision_as_object()


def colleague_of(membership):
    return MembershipFactory(merchant=membership.merchant, role=Role.CONTRIBUTOR).user


def test_a_merchant_with_no_guides_reads_how_to_begin(browser, address):
    response = browser.get(address("guides/"))

    assert "Nothing written yet" in response.text
    assert address("guides/new/") in response.text


def test_the_list_shows_own_guides_only_in_a_fixed_number_of_queries(
    browser, address, merchant, member, django_assert_num_queries
):
    GuidePageFactory(title="Someone else's")
    for number in range(3):
        GuidePageFactory(merchant=merchant, author=member, title=f"Mine {number}")
    browser.get(address("guides/"))
    with django_assert_num_queries(9):
        response = browser.get(address("guides/"))

    assert [guide.title for guide, _ in response.context["rows"]] == ["Mine 2", "Mine 1", "Mine 0"]


def test_a_new_guide_opens_in_the_editor(browser, address, merchant):
    category = CategoryFactory()
    response = browser.post(
        address("guides/new/"), {"title": "How to choose one", "category": category.pk}
    )

    guide = GuidePage.objects.get(title="How to choose one")
    assert guide.merchant == merchant
    assert not guide.live
    assert response.headers["Location"] == address(f"guides/{guide.pk}/")


def test_a_new_guide_needs_a_title_and_a_category(browser, address):
    response = browser.post(address("guides/new/"), {"title": "", "category": ""})

    assert set(response.context["form"].errors) == {"title", "category"}
    assert not GuidePage.objects.exists()


def test_saving_keeps_the_draft_and_changes_nothing_public(browser, address, merchant, member):
    guide = GuidePageFactory(merchant=merchant, author=member, live=True, title="As published")
    url = address(f"guides/{guide.pk}/")
    context = browser.get(url).context
    response = browser.post(
        url,
        {
            "op": "save",
            "version": context["version"],
            "title": "As drafted",
            "summary": "New words.",
            "category": guide.category_id,
            "body": "a",
            "body-a-type": "heading",
            "body-a-value": "A heading",
        },
        follow=True,
    )

    assert "Saved." in response.text
    draft = draft_of(guide)
    assert (draft.title, draft.summary) == ("As drafted", "New words.")
    assert draft.body.get_prep_value() == [{"type": "heading", "value": "A heading", "id": "a"}]
    assert GuidePage.objects.get(pk=guide.pk).title == "As published"


def test_autosave_answers_with_the_version_and_overwrites_the_own_revision(
    browser, address, guide, page
):
    url = address(f"guides/{guide.pk}/save/")
    first = browser.post(url, page(summary="One")).json()
    revisions = Revision.objects.for_instance(guide).count()
    second = browser.post(url, page(summary="Two", version=first["version"])).json()

    assert first["problems"] == second["problems"] == {}
    assert first["version"] != second["version"]
    assert Revision.objects.for_instance(guide).count() == revisions
    assert draft_of(guide).summary == "Two"


def test_autosave_keeps_unfinished_work(browser, address, guide, page):
    response = browser.post(
        address(f"guides/{guide.pk}/save/"),
        page(
            title="",
            summary="",
            **{"body": "a", "body-a-type": "picture", "body-a-value-caption": "Half done"},
        ),
    )

    assert list(response.json()["problems"]) == ["title"]
    draft = draft_of(guide)
    assert draft.title == guide.title
    assert draft.summary == ""
    assert draft.body[0].value["caption"] == "Half done"


def test_a_colleagues_newer_version_is_not_written_over(browser, address, guide, page, membership):
    colleague = colleague_of(membership)
    mine = page(summary="Mine")
    cms.save_guide(
        guide=guide,
        user=colleague,
        title=guide.title,
        summary="Theirs",
        category=guide.category,
        picture=None,
        body=[],
    )
    response = browser.post(address(f"guides/{guide.pk}/save/"), mine)

    assert response.status_code == 409
    assert response.json()["conflict"] is True
    assert colleague.display_name in response.json()["message"]
    assert draft_of(guide).summary == "Theirs"


def test_without_javascript_a_conflict_shows_what_was_written(
    browser, address, guide, page, membership
):
    mine = page(summary="Mine, typed for an hour", op="save")
    save_as(colleague_of(membership), guide, summary="Theirs")
    response = browser.post(address(f"guides/{guide.pk}/"), mine)

    assert response.status_code == 409
    assert "Mine, typed for an hour" in response.text
    assert 'value="overwrite"' in response.text
    again = browser.post(address(f"guides/{guide.pk}/"), mine | {"op": "save"})
    assert again.status_code == 409


def save_as(user, guide, **changes):
    fields = {
        "title": guide.title,
        "summary": SUMMARY,
        "category": guide.category,
        "picture": None,
        "body": [],
    }
    cms.save_guide(guide=guide, user=user, **(fields | changes))


def test_saving_mine_as_the_newest_keeps_theirs_among_the_versions(
    browser, address, guide, page, membership
):
    mine = page(summary="Mine")
    save_as(colleague_of(membership), guide, summary="Theirs")
    browser.post(address(f"guides/{guide.pk}/"), mine | {"op": "overwrite"})

    assert draft_of(guide).summary == "Mine"
    summaries = {revision.content["summary"] for revision in Revision.objects.for_instance(guide)}
    assert {"Mine", "Theirs"} <= summaries


def test_another_window_of_ones_own_is_a_conflict_too(browser, address, guide, page):
    url = address(f"guides/{guide.pk}/save/")
    left, right = page(summary="Left"), page(summary="Right")
    browser.post(url, left)
    response = browser.post(url, right)

    assert response.status_code == 409
    assert "another window" in response.json()["message"]


def test_an_answer_lost_on_the_way_is_not_a_conflict(browser, address, guide, page):
    url = address(f"guides/{guide.pk}/save/")
    fields = page(summary="One")
    browser.post(url, fields)
    # The window never heard of it, and sends what it knows.
    response = browser.post(url, fields | {"summary": "Two"})

    assert response.status_code == 200
    assert draft_of(guide).summary == "Two"


def test_buttons_work_without_javascript(browser, address, guide, page):
    url = address(f"guides/{guide.pk}/")
    fields = page(**{"body": "a", "body-a-type": "heading", "body-a-value": "One"})
    added = browser.post(url, fields | {"op": "add:body:safety_note:a"})
    types = [block.block_type for block in draft_of(guide).body]
    new_id = draft_of(guide).body[1].id

    assert types == ["heading", "safety_note"]
    assert added.headers["Location"] == f"{url}#body-{new_id}"

    fields = page(
        **{
            "body": ["a", new_id],
            "body-a-type": "heading",
            "body-a-value": "One",
            f"body-{new_id}-type": "safety_note",
            f"body-{new_id}-value-level": "note",
        }
    )
    browser.post(url, fields | {"op": f"up:body:{new_id}"})
    assert [block.id for block in draft_of(guide).body] == [new_id, "a"]

    inserted = browser.post(url, page() | {"op": f"insert:body:{new_id}"})
    assert inserted.headers["Location"] == f"{url}?insert_after={new_id}#palette"


def test_the_place_to_insert_is_offered_where_it_was_asked_for(browser, address, guide):
    block = draft_of(guide).body[0]
    response = browser.get(address(f"guides/{guide.pk}/"), {"insert_after": block.id})

    assert f'value="add:body:heading:{block.id}"' in response.text


@pytest.mark.parametrize(
    ("block", "name", "factory"),
    [
        ("picture", "picture", PictureFactory),
        ("product", "product", ProductFactory),
        ("video", "video", VideoFactory),
    ],
)
def test_other_merchants_things_cannot_be_chosen(
    browser, address, guide, page, block, name, factory
):
    foreign = factory()
    field = f"body-a-value-{name}"
    fields = page(**{"body": "a", "body-a-type": block, field: foreign.pk})

    response = browser.post(address(f"guides/{guide.pk}/save/"), fields)
    assert list(response.json()["problems"]) == [field]
    response = browser.post(address(f"guides/{guide.pk}/"), page() | fields | page())

    [saved] = draft_of(guide).body.get_prep_value()[-1:]
    assert saved.get("value", {}) != foreign.pk
    assert foreign.pk not in _numbers(draft_of(guide).body.get_prep_value())


def _numbers(value):
    if isinstance(value, dict):
        return [number for one in value.values() for number in _numbers(one)]
    if isinstance(value, list):
        return [number for one in value for number in _numbers(one)]
    return [value] if isinstance(value, int) else []


def test_the_list_picture_must_be_ones_own(browser, address, guide, page, merchant):
    own, foreign = PictureFactory(merchant=merchant), PictureFactory()
    url = address(f"guides/{guide.pk}/save/")
    refused = browser.post(url, page(picture=foreign.pk)).json()
    assert list(refused["problems"]) == ["picture"]
    assert draft_of(guide).picture is None

    browser.post(url, page(picture=own.pk, version=refused["version"]))
    assert draft_of(guide).picture == own


def test_an_incomplete_guide_is_saved_but_not_sent(browser, address, guide, page):
    fields = page(**{"body": "a", "body-a-type": "heading", "body-a-value": ""})
    response = browser.post(address(f"guides/{guide.pk}/"), fields | {"op": "submit"})

    assert response.status_code == 422
    assert "not sent to the editors yet" in response.text
    assert response.text.count("This field is required.") == 1
    assert review_of(GuidePage.objects.get(pk=guide.pk)).state == ReviewState.DRAFT


def test_an_empty_guide_is_saved_but_not_sent(browser, address, guide, page):
    response = browser.post(address(f"guides/{guide.pk}/"), page() | {"op": "submit"}, follow=True)

    assert "it has no content yet" in response.text
    assert review_of(GuidePage.objects.get(pk=guide.pk)).state == ReviewState.DRAFT


def test_a_guide_is_sent_in_sent_back_with_a_reason_and_sent_in_again(
    browser, address, guide, page
):
    url = address(f"guides/{guide.pk}/")
    body = {"body": "a", "body-a-type": "heading", "body-a-value": "A heading"}
    browser.post(url, page(**body) | {"op": "submit"})
    guide = GuidePage.objects.get(pk=guide.pk)
    assert review_of(guide).state == ReviewState.IN_REVIEW
    assert "With the editors since" in browser.get(url).text
    assert 'id="guide-form"' not in browser.get(url).text

    cms.send_back(subject=guide, editor=UserFactory(editor=True), reason="Say which rice you mean.")
    assert "Say which rice you mean." in browser.get(url).text

    response = browser.post(url, page(**body) | {"op": "submit"}, follow=True)
    assert "Sent to the editors" in response.text


def test_what_is_with_the_editors_cannot_be_changed_but_taken_back(
    browser, address, guide, page, member
):
    fields = page(summary="Too late")
    cms.submit(subject=guide, user=member)
    url = address(f"guides/{guide.pk}/")

    assert browser.post(address(f"guides/{guide.pk}/save/"), fields).status_code == 409
    assert draft_of(guide).summary == SUMMARY

    browser.post(address(f"guides/{guide.pk}/withdraw/"))
    assert review_of(GuidePage.objects.get(pk=guide.pk)).state == ReviewState.DRAFT
    assert 'id="guide-form"' in browser.get(url).text


def test_the_preview_shows_the_draft_as_shoppers_will_see_it(browser, address, guide, page):
    browser.post(
        address(f"guides/{guide.pk}/save/"),
        page(**{"body": "a", "body-a-type": "heading", "body-a-value": "Words of the draft"}),
    )
    frame = browser.get(address(f"guides/{guide.pk}/preview/"))
    preview = browser.get(address(f"guides/{guide.pk}/preview/page/"))

    assert address(f"guides/{guide.pk}/preview/page/") in frame.text
    assert "Words of the draft" in preview.text
    assert preview.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "private" in preview.headers["Cache-Control"]


def test_an_earlier_version_can_be_seen_and_gone_back_to(browser, address, guide, page):
    [old] = Revision.objects.for_instance(guide).order_by("-pk")[:1]
    browser.post(address(f"guides/{guide.pk}/"), page(summary="Newer words") | {"op": "save"})
    listed = browser.get(address(f"guides/{guide.pk}/versions/"))
    assert listed.text.count("Go back to this") >= 1
    seen = browser.get(address(f"guides/{guide.pk}/versions/{old.pk}/page/"))
    assert "What to look for" in seen.text

    browser.post(address(f"guides/{guide.pk}/versions/{old.pk}/restore/"))
    assert draft_of(guide).summary == SUMMARY
    summaries = [one.content["summary"] for one in Revision.objects.for_instance(guide)]
    assert "Newer words" in summaries


def test_a_version_of_another_guide_is_not_found(browser, address, guide):
    other = GuidePageFactory()
    revision = Revision.objects.for_instance(other).first()

    for path in ("", "page/"):
        url = address(f"guides/{guide.pk}/versions/{revision.pk}/{path}")
        assert browser.get(url).status_code == 404
    url = address(f"guides/{guide.pk}/versions/{revision.pk}/restore/")
    assert browser.post(url).status_code == 404


def test_a_guide_is_scheduled(browser, address, guide):
    browser.post(
        address(f"guides/{guide.pk}/schedule/"),
        {"go_live_at": "2040-05-01T09:00", "expire_at": "2040-06-01T09:00"},
    )
    assert draft_of(guide).go_live_at.isoformat() == "2040-05-01T09:00:00+00:00"

    response = browser.post(
        address(f"guides/{guide.pk}/schedule/"),
        {"go_live_at": "2040-05-01T09:00", "expire_at": "2040-04-01T09:00"},
        follow=True,
    )
    assert "must end after it begins" in response.text


def test_a_guide_is_deleted(browser, address, guide):
    response = browser.post(address(f"guides/{guide.pk}/delete/"))

    assert response.headers["Location"] == address("guides/")
    assert not GuidePage.objects.filter(pk=guide.pk).exists()


def test_other_merchants_guides_are_not_found(browser, address):
    foreign = GuidePageFactory(live=True)
    revision = Revision.objects.for_instance(foreign).first()
    before = foreign.latest_revision.content
    paths = ["", "preview/", "preview/page/", "versions/", f"versions/{revision.pk}/"]
    for path in paths:
        assert browser.get(address(f"guides/{foreign.pk}/{path}")).status_code == 404
    posts = ["", "save/", "schedule/", "withdraw/", "delete/", f"versions/{revision.pk}/restore/"]
    for path in posts:
        fields = {"title": "Mine now", "category": foreign.category_id}
        assert browser.post(address(f"guides/{foreign.pk}/{path}"), fields).status_code == 404

    assert GuidePage.objects.get(pk=foreign.pk).latest_revision.content == before
