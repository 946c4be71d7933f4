"""The editors' Search menu, over HTTP."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse
from wagtail.models import ModelLogEntry

from products.services import take_down_product
from search import services as search
from search import thesaurus
from search.models import CuratedResult, Synonyms
from search.selectors import curated_things
from tests.cms.addresses import url
from tests.factories.products import CategoryFactory, ProductFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _database_only(settings):
    settings.ELASTICSEARCH_URL = ""


@pytest.fixture(autouse=True)
def _no_synonyms_yet(db):
    """Instead of those that a new site begins with."""
    Synonyms.objects.all().delete()
    thesaurus.current.forget()
    yield
    thesaurus.current.forget()


@pytest.fixture
def kettles():
    category = CategoryFactory(name="Kettles")
    titles = ("Kettle one", "Kettle two", "Kettle three")
    things = {
        title: ProductFactory(listed=True, title=title, category=category) for title in titles
    }
    things["Teapot"] = ProductFactory(listed=True, title="Teapot", category=category)
    search.rebuild()
    return things


@pytest.mark.parametrize("name", ["change_results", "remove_synonyms", "close_wanted_guide"])
def test_nothing_changes_by_following_a_link(desk, name):
    args = [] if name == "change_results" else [1]

    assert desk.get(url(name, *args)).status_code == 405


def test_the_menu_leads_to_all_of_it(desk):
    page = desk.get(reverse("wagtailadmin_home")).content.decode()

    for name in ("search_log", "search_results", "synonyms_list", "wanted_guides"):
        assert url(name) in page


@pytest.mark.parametrize(
    "name", ["search_results", "synonyms_list", "new_synonyms", "missing_guide"]
)
@pytest.mark.parametrize("text", ["a\x00b", "'\"<b>", "x" * 5000, "\u202e\ud7ff", "*", "?!"])
def test_whatever_is_typed_is_answered(desk, name, text):
    answer = desk.get(url(name), {"q": text, "find": text, "words": text})

    assert answer.status_code == 200
    assert "<b>" not in answer.text.split("</header>")[-1]


# --- Synonyms


def test_synonyms_are_written_tried_switched_off_and_deleted(
    desk, kettles, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        answer = desk.post(
            url("new_synonyms"), {"words": "samovar, teapot", "also_finds": "", "is_active": "on"}
        )
    row = Synonyms.objects.get()
    assert answer.url == url("synonyms", row.pk)
    tried = desk.get(url("synonyms", row.pk))
    assert [hit.title for hit in tried.context["results"].hits] == ["Teapot"]
    assert tried.context["query"] == "samovar"
    assert not tried.context["results"].nearest

    with django_capture_on_commit_callbacks(execute=True):
        desk.post(url("synonyms", row.pk), {"words": "samovar, teapot", "also_finds": ""})
    page = desk.get(url("synonyms", row.pk))
    assert "are not in use" in page.text
    assert [change.message for change in page.context["changes"]] == ["Edited", "Created"]

    with django_capture_on_commit_callbacks(execute=True):
        answer = desk.post(url("remove_synonyms", row.pk))
    assert answer.url == url("synonyms_list")
    assert not Synonyms.objects.exists()


def test_what_is_wrong_with_synonyms_stands_beside_the_field(desk):
    Synonyms.objects.create(words="tv, television, telly")
    answer = desk.post(url("new_synonyms"), {"words": "telly, TV", "also_finds": ""})

    assert answer.status_code == 422
    [sentence] = answer.context["form"].errors["words"]
    assert sentence == "These are there already: tv, television, telly"
    assert sentence in answer.text


def test_synonyms_that_stay_as_they_were_keep_their_name_when_an_edit_is_refused(desk):
    row = Synonyms.objects.create(words="tv, television")

    answer = desk.post(url("synonyms", row.pk), {"words": "tv", "also_finds": ""})

    assert answer.status_code == 422
    assert "“tv” stands alone" in answer.text
    row.refresh_from_db()
    assert row.words == "tv, television"


def test_lists_that_share_a_word_lead_to_each_other(desk):
    one = Synonyms.objects.create(words="tv, television")
    other = Synonyms.objects.create(words="tv, set")

    page = desk.get(url("synonyms", one.pk))

    assert page.context["others"] == [other]
    assert f'href="{url("synonyms", other.pk)}"' in page.text


def test_synonyms_are_found_by_a_word_in_them(desk):
    Synonyms.objects.create(words="tv, television")
    Synonyms.objects.create(words="wok", also_finds="pan")

    def listed(**asked):
        return [str(row) for row in desk.get(url("synonyms_list"), asked).context["page_obj"]]

    assert listed() == ["tv, television", "wok → pan"]
    assert listed(q="PAN") == ["wok → pan"]
    assert listed(q="nothing") == []


def test_a_query_is_brought_along_to_new_synonyms(desk):
    page = desk.get(url("new_synonyms"), {"words": "telly"})

    assert page.context["form"]["words"].value() == "telly"


# --- Results


def change(desk, do, product, q="kettle", **said):
    said = {"q": q, "kind": "product", "object_id": product.pk, "title": product.title} | said
    return desk.post(url("change_results"), {**said, "do": do})


def first(text="kettle"):
    return [thing.document.title for thing in curated_things(text) if not thing.buried]


def test_results_are_put_first_moved_put_last_and_let_go(desk, kettles):
    for title in ("Teapot", "Kettle two"):
        answer = change(desk, "first", kettles[title])
    assert answer.url == f"{url('search_results')}?q=kettle#product-{kettles['Kettle two'].pk}"
    change(desk, "up", kettles["Kettle two"])
    change(desk, "last", kettles["Kettle one"])

    page = desk.get(url("search_results"), {"q": "kettle"})

    assert first() == ["Kettle two", "Teapot"]
    assert [hit.title for hit in page.context["rest"]] == ["Kettle three"]
    assert [thing.document.title for thing in page.context["last"]] == ["Kettle one"]
    assert [change.message for change in page.context["changes"]][:2] == [
        "“Kettle one” comes last.",
        "“Kettle two” is one place higher.",
    ]
    change(desk, "down", kettles["Kettle two"])
    assert first() == ["Teapot", "Kettle two"]
    change(desk, "free", kettles["Teapot"])
    assert first() == ["Kettle two"]


def test_every_button_of_the_page_works_as_it_stands_there(desk, kettles):
    """Each form as a browser without JavaScript would send it."""
    page = desk.get(url("search_results"), {"q": "kettle", "find": "teapot"}).text
    forms = re.findall(r'<form method="post" action="([^"]*change/)".*?</form>', page, re.S)
    assert len(forms) == 4

    form = re.findall(r'<form method="post" action="[^"]*change/".*?</form>', page, re.S)[-1]
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    answer = desk.post(url("change_results"), {**fields, "do": "first"})

    assert first() == ["Teapot"]
    assert parse_qs(urlsplit(answer.url).query) == {"q": ["kettle"], "find": ["teapot"]}


def test_what_went_meanwhile_is_said(desk, kettles):
    gone = kettles["Teapot"]
    take_down_product(product=gone)

    page = desk.post(
        url("change_results"),
        {"q": "kettle", "kind": "product", "object_id": gone.pk, "do": "first"},
        follow=True,
    )

    assert "not public any more" in page.text
    assert not CuratedResult.objects.exists()


def test_what_is_first_and_not_public_any_more_can_be_let_go(desk, kettles):
    change(desk, "first", kettles["Teapot"])
    take_down_product(product=kettles["Teapot"])

    page = desk.get(url("search_results"), {"q": "kettle"})
    assert "Not public now" in page.text
    change(desk, "free", kettles["Teapot"])

    assert not CuratedResult.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"kind": "a b"}, {"object_id": "x"}, {"object_id": 2**64}, {"q": ""}, {"do": "burn"}]
)
def test_a_button_that_nobody_made_does_nothing(desk, kettles, wrong):
    said = {"q": "kettle", "kind": "product", "object_id": kettles["Teapot"].pk, "do": "first"}

    answer = desk.post(url("change_results"), said | wrong, follow=True)

    assert answer.status_code == 200
    assert not CuratedResult.objects.exists()


def test_the_queries_with_changes_are_listed(desk, kettles):
    change(desk, "first", kettles["Teapot"])
    change(desk, "last", kettles["Kettle one"], q="tea")

    page = desk.get(url("search_results"))

    rows = [(row.text, row.first, row.last) for row in page.context["page_obj"]]
    assert rows == [("kettle", 1, 0), ("tea", 0, 1)]


def test_who_changed_what_is_in_wagtails_report(desk, editor, kettles):
    change(desk, "first", kettles["Teapot"])

    entry = ModelLogEntry.objects.get(action="search.curate")
    assert (entry.user, entry.message) == (editor, "“Teapot” comes first.")
    report = desk.get(reverse("wagtailadmin_reports:site_history")).text
    assert "“Teapot” comes first." in report
    assert f'href="{url("search_results")}?q=kettle"' in report


def test_the_report_leads_to_synonyms_too(desk):
    desk.post(url("new_synonyms"), {"words": "wok, pan", "also_finds": "", "is_active": "on"})

    report = desk.get(reverse("wagtailadmin_reports:site_history")).text

    assert f'href="{url("synonyms", Synonyms.objects.get().pk)}"' in report
