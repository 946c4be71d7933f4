"""What is suggested while typing."""

import pytest
from django.urls import reverse

from search.engines.base import Suggestion
from search.services import rebuild
from storefront.completions import completed, grouped
from tests.factories.cms import GuidePageFactory
from tests.factories.media_pipeline import VideoFactory
from tests.factories.products import CategoryFactory, ProductFactory

pytestmark = pytest.mark.django_db
SUGGEST = reverse("storefront:suggest")


def test_goes_on_from_what_was_typed(client):
    product = ProductFactory(listed=True, title="Walnut ladle")
    rebuild()
    page = client.get(SUGGEST, {"q": "waln"}).content.decode()
    assert 'role="option"' in page
    assert f'href="{product.get_absolute_url()}"' in page
    assert "Waln<b>ut ladle</b>" in page
    assert "1 suggestion</span>" in page


def test_kinds_are_groups(client):
    category = CategoryFactory(name="Ladles")
    ProductFactory.create_batch(7, listed=True, title="Ladle", category=category)
    GuidePageFactory(live=True, title="Ladles, chosen well")
    VideoFactory(public=True, title="Ladle at work")
    rebuild()
    groups = client.get(SUGGEST, {"q": "ladl"}).context["groups"]
    assert [(group.label, len(group.options)) for group in groups] == [
        *(("Categories", 1), ("Products", 5), ("Guides", 1), ("Videos", 1))
    ]


def test_says_nothing_where_there_is_nothing(client):
    rebuild()
    page = client.get(SUGGEST, {"q": "zzz"}).content.decode()
    assert 'role="option"' not in page
    assert "0 suggestions" in page
    assert client.get(SUGGEST).status_code == 200


@pytest.mark.parametrize(
    ("text", "typed", "shown"),
    [
        ("Walnut ladle", "waln", "Waln<b>ut ladle</b>"),
        ("Rice cooker", "rice co", "Rice co<b>oker</b>"),
        ("Ricelle rice cooker", "rice co", "<b>Ricelle </b>rice co<b>oker</b>"),
        ("Rice cooker", "cooker rice", "Rice cooker"),
        ("Crème brûlée torch", "creme bru", "Crème brû<b>lée torch</b>"),
        ("Straße", "strass", "Straß<b>e</b>"),
        ("<b>Pot</b> & pan", "pot", "<b>&lt;b&gt;</b>Pot&lt;/<b>b&gt; &amp; pan</b>"),
        ("Kettle", "ketle", "<b>Kettle</b>"),
        ("Kettle", "", "<b>Kettle</b>"),
        ("", "x", ""),
        ("电饭煲 家用", "电饭", "电饭<b>煲 家用</b>"),
    ],
)
def test_what_goes_on_stands_out(text, typed, shown):
    assert completed(text, typed=typed) == shown


def test_a_past_search_leads_to_its_results():
    suggestions = [
        Suggestion("Kettle", "/p/1/kettle/", "product", "/k.webp"),
        Suggestion("kettle & co", "", "query", ""),
        Suggestion("Something else", "/", "unheard", ""),
    ]
    queries, products = grouped(suggestions, typed="ke")
    assert [(option.text, option.url) for option in queries.options] == [
        ("kettle & co", "/search/?q=kettle+%26+co")
    ]
    assert [option.picture_url for option in products.options] == ["/k.webp"]
