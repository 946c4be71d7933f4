"""What people search, and the guides that are missing for it: the editors' pages, over HTTP."""

import pytest
from django.urls import reverse
from django.utils import timezone

from cms.models import GuidePage, WantedGuide
from search import editing
from search.models import SearchCount
from search.query_log import query_key
from search.services import rebuild
from tests.cms.addresses import url
from tests.factories.products import CategoryFactory, ProductFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _database_only(settings):
    settings.ELASTICSEARCH_URL = ""


def counted(text, *, visitors=4, misses=0, searches=None):
    return SearchCount.objects.create(
        day=timezone.localdate(),
        key=query_key(text),
        text=text,
        words=text,
        searches=searches or visitors,
        visitors=visitors,
        misses=misses,
    )


def rows(page):
    return [row["shown"] for row in page.context["page_obj"]]


def test_searches_are_listed_by_how_often_and_those_not_found_apart(desk):
    counted("kettle", visitors=9)
    counted("samovar", visitors=5, misses=4)
    counted("tagine", visitors=3, misses=3)

    everything = desk.get(url("search_log"))
    missed = desk.get(url("search_log"), {"show": "missed"})

    assert rows(everything) == ["kettle", "samovar", "tagine"]
    assert rows(missed) == ["samovar", "tagine"]


@pytest.mark.parametrize("days", ["7", "30", "90", "8", "x", ""])
def test_only_the_periods_there_are_can_be_asked_for(desk, days):
    page = desk.get(url("search_log"), {"days": days})

    assert page.context["days"] == (int(days) if days in {"7", "30", "90"} else 30)


def test_each_row_leads_to_what_can_be_done(desk):
    counted("tea & more", misses=4)

    page = desk.get(url("search_log"), {"show": "missed", "days": "7"}).text

    for place in (
        reverse("storefront:search") + "?q=tea+%26+more",
        url("search_results") + "?q=tea+%26+more",
        url("new_synonyms") + "?words=tea+%26+more",
        url("missing_guide") + "?q=tea+%26+more",
    ):
        assert f'href="{place}"' in page


def test_the_log_says_what_was_done_already(desk, editor):
    counted("kettle", misses=1)
    teapot = ProductFactory(listed=True)
    editing.put_first(text="kettle", kind="product", object_id=teapot.pk)
    WantedGuide.objects.create(query="kettles", title="Kettles", asked_by=editor)

    page = desk.get(url("search_log")).text

    assert "Results changed by an editor" in page
    assert "Merchants are asked for a guide" in page


def test_the_log_asks_the_database_as_often_for_many_rows_as_for_one(
    desk, django_assert_max_num_queries
):
    for number in range(60):
        counted(f"thing{number}")
    desk.get(url("search_log"))

    with django_assert_max_num_queries(25):
        page = desk.get(url("search_log"))

    assert len(rows(page)) == 50


# --- The guide that is missing


def test_merchants_are_asked_for_a_guide(desk, editor):
    rebuild()
    counted("samovar", misses=4)
    page = desk.get(url("missing_guide"), {"q": "samovar"})
    assert page.context["form"]["title"].value() == "Samovar"
    assert "Ask merchants for it" in page.text

    answer = desk.post(
        url("missing_guide"),
        {"query": "samovar", "title": "Choosing a samovar", "note": "Gas or coal?", "do": "ask"},
    )

    assert answer.url == url("wanted_guides")
    wanted = WantedGuide.objects.get()
    assert (wanted.title, wanted.note, wanted.asked_by) == (
        "Choosing a samovar",
        "Gas or coal?",
        editor,
    )
    assert "Choosing a samovar" in desk.get(url("wanted_guides")).text
    again = desk.get(url("missing_guide"), {"q": "samovars"})
    assert "asked for this guide already" in again.text
    assert "Ask merchants for it" not in again.text


def test_what_few_people_searched_is_never_put_to_merchants(desk):
    counted("ann sample of sampleton", visitors=2, searches=9, misses=9)

    page = desk.get(url("missing_guide"), {"q": "ann sample of sampleton"})
    answer = desk.post(
        url("missing_guide") + "?q=ann+sample+of+sampleton",
        {"query": "ann sample of sampleton", "title": "Ann", "do": "ask"},
    )

    assert "Ask merchants for it" not in page.text
    assert answer.status_code == 422
    assert "Too few people" in answer.text
    assert not WantedGuide.objects.exists()


def test_an_editor_writes_the_guide_in_wagtails_own_editor(desk, editor):
    category = CategoryFactory()
    missing = {"query": "samovar", "title": "Samovars", "do": "write"}
    refused = desk.post(url("missing_guide"), missing)
    assert refused.status_code == 422
    assert "Choose where the guide stands." in refused.text

    answer = desk.post(url("missing_guide"), {**missing, "category": category.pk})

    guide = GuidePage.objects.get()
    assert (guide.title, guide.merchant, guide.owner, guide.live) == (
        "Samovars",
        None,
        editor,
        False,
    )
    assert answer.url == reverse("wagtailadmin_pages:edit", args=[guide.pk])
    assert desk.get(answer.url).status_code == 200


def test_a_wanted_guide_is_closed_once(desk, editor):
    wanted = WantedGuide.objects.create(query="samovar", title="Samovars", asked_by=editor)

    desk.post(url("close_wanted_guide", wanted.pk))
    again = desk.post(url("close_wanted_guide", wanted.pk), follow=True)

    wanted.refresh_from_db()
    assert wanted.closed_at
    assert "closed already" in again.text
