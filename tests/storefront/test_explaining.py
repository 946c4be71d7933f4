"""Why a result stands where it does."""

import re
from html import unescape

import pytest
from django.urls import reverse

from search.editing import put_first
from search.services import rebuild
from tests.factories.products import ProductFactory

pytestmark = pytest.mark.django_db
SEARCH = reverse("storefront:search")
WHY = reverse("storefront:why")


def test_every_result_leads_to_why_it_stands_there(client):
    first = ProductFactory(listed=True, title="Rice cooker")
    ProductFactory(listed=True, title="Bowl for a rice cooker")
    rebuild()
    page = client.get(SEARCH, {"q": "rice cooker", "kind": "product"}).content.decode()
    urls = [unescape(url) for url in re.findall(rf'href="({WHY}\?[^"]+)"', page)]
    assert len(urls) == 2
    why = client.get(urls[0])
    text = why.content.decode()
    assert "Why “Rice cooker” stands where it does" in text
    assert "Place 1 of 2 for “rice cooker”" in text
    account = why.context["account"]
    figures = {row.label: row.figure for row in account.rows}
    assert figures["Its name has the words one after another"] == "+50 %"
    assert figures["Shoppers chose it in an audition"] == "makes no difference"
    assert f'href="{first.get_absolute_url()}"' in text
    assert f'href="{SEARCH}?q=rice+cooker&amp;kind=product"' in text, "back to the results"


def test_the_parts_come_to_the_whole(client):
    product = ProductFactory(listed=True, title="Rice cooker")
    rebuild()
    params = {"q": "rice cooker", "of": f"product-{product.pk}"}
    account = client.get(WHY, params).context["account"]
    words, *raised = account.rows
    percent = sum(float(row.figure.strip("+% ")) for row in raised if row.counts)
    assert float(words.figure) * (1 + percent / 100) == pytest.approx(
        float(account.relevance), rel=0.02
    )


def test_what_editors_did_is_said(client):
    ProductFactory.create_batch(2, listed=True, title="Kettle")
    chosen = ProductFactory(listed=True, title="Teapot, no kettle")
    rebuild()
    put_first(text="kettle", kind="product", object_id=chosen.pk)
    page = client.get(WHY, {"q": "kettle", "of": f"product-{chosen.pk}"}).content.decode()
    assert "Place 1 of 3" in page
    assert "Our editors have put it up here" in page


def test_another_order_is_said(client):
    product = ProductFactory(listed=True, title="Kettle")
    rebuild()
    params = {"q": "kettle", "sort": "newest", "of": f"product-{product.pk}"}
    assert "You asked for this order: Newest" in client.get(WHY, params).content.decode()


@pytest.mark.parametrize(
    "of", ["", "product", "product-", "product-x", "-1", "product-" + "9" * 30]
)
def test_what_names_no_result_is_refused(client, of):
    assert client.get(WHY, {"q": "kettle", "of": of}).status_code == 400


def test_what_is_not_among_the_results_is_not_found(client):
    rebuild()
    assert client.get(WHY, {"q": "kettle", "of": "product-1"}).status_code == 404


def test_how_results_are_ordered_names_every_part(client):
    page = client.get(reverse("storefront:how")).content.decode()
    assert "Shoppers chose it in an audition" in page
    assert "It is new here" in page
    assert "How well the words fit" not in page, "that is said in whole sentences"


def test_what_goes_with_another_thing_is_lessened_and_says_so(client):
    ProductFactory(listed=True, title="Laptop")
    bag = ProductFactory(listed=True, title="Bag for laptop")
    rebuild()
    params = {"q": "laptop", "of": f"product-{bag.pk}"}
    account = client.get(WHY, params).context["account"]
    assert account.place == 2
    assert account.rows[-1].label.startswith("It goes with another thing")
    assert account.rows[-1].figure == "\N{MINUS SIGN}50 % of it all"


def test_what_only_comes_near_says_so(client):
    ProductFactory(listed=True, title="Red kettle")
    near = ProductFactory(listed=True, title="Blue kettle")
    rebuild()
    page = client.get(WHY, {"q": "red kettle", "of": f"product-{near.pk}"}).content.decode()
    assert "comes after the one result that has them all" in page
