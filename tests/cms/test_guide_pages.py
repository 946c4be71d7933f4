"""Guides as they are read: over HTTP, as Wagtail serves them."""

import json
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from cms import services
from tests.factories.accounts import UserFactory
from tests.factories.cms import GuidePageFactory
from tests.factories.media_pipeline import PictureFactory, VideoFactory
from tests.factories.products import CategoryFactory, ProductFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def full_guide(merchant, member):
    """One of each kind of block."""
    picture = PictureFactory(merchant=merchant)
    body = [
        ("heading", "Bowls"),
        ("rich_text", "<p>A <b>heavy</b> bowl.</p>"),
        ("heading", "Bowls"),
        ("picture", {"picture": picture, "alt_text": "A bowl", "caption": "Heavy."}),
        (
            "specification_table",
            {"caption": "Sizes", "rows": [{"name": "Two people", "value": "1 l"}]},
        ),
        (
            "comparison_table",
            {
                "caption": "Kinds",
                "columns": ["Pot", "Cooker"],
                "rows": [{"name": "Keeps warm", "values": ["no", "yes"]}],
            },
        ),
        ("steps", {"title": "Cooking rice", "steps": [{"title": "Wash it", "text": "Twice."}]}),
        ("questions", {"questions": [{"question": "How long?", "answer": "20 minutes."}]}),
        ("safety_note", {"level": "danger", "text": "Steam burns."}),
        ("product", {"product": ProductFactory(merchant=merchant, listed=True), "note": "Cheap"}),
        ("product", {"product": ProductFactory(merchant=merchant, listed=True), "note": ""}),
        ("video", {"video": VideoFactory(merchant=merchant, public=True), "caption": "Look"}),
    ]
    return GuidePageFactory(merchant=merchant, author=member, live=True, picture=picture, body=body)


def graph_of(response):
    text = re.search(
        r'<script type="application/ld\+json">(.*?)</script>', response.content.decode(), re.S
    ).group(1)
    return {item["@type"]: item for item in json.loads(text)["@graph"]}


def test_every_block_is_shown(client, full_guide):
    page = client.get(full_guide.url).content.decode()

    for words in (
        "A <b>heavy</b> bowl.",
        'alt="A bowl"',
        "Two people",
        "Keeps warm",
        "Wash it",
        "20 minutes.",
        "Steam burns.",
        "Cheap",
        "<video",
        full_guide.merchant.name,
    ):
        assert words in page


def test_contents_lead_to_anchors_that_are_there_once(client, full_guide):
    page = client.get(full_guide.url).content.decode()

    contents = re.search(r'<nav class="guide-contents".*?</nav>', page, re.S).group(0)
    anchors = re.findall(r'href="#([^"]+)"', contents)
    assert anchors == ["bowls", "bowls-2", "cooking-rice", "questions-and-answers"]
    assert [page.count(f'id="{anchor}"') for anchor in anchors] == [1, 1, 1, 1]


def test_machines_read_article_questions_steps_video_and_product(client, full_guide):
    graph = graph_of(client.get(full_guide.url))

    assert graph["Article"]["headline"] == full_guide.title
    assert graph["Article"]["author"]["name"] == full_guide.merchant.name
    assert graph["FAQPage"]["mainEntity"][0]["acceptedAnswer"]["text"] == "20 minutes."
    assert graph["HowTo"]["step"][0] == {
        "@type": "HowToStep",
        "position": 1,
        "name": "Wash it",
        "text": "Twice.",
    }
    assert graph["VideoObject"]["duration"] == "PT1S"
    assert graph["Product"]["offers"]["priceCurrency"] == "EUR"
    assert graph["BreadcrumbList"]["itemListElement"][-1]["name"] == full_guide.title


def test_no_guide_closes_the_script_that_describes_it(client, merchant):
    guide = GuidePageFactory(
        merchant=merchant,
        live=True,
        body=[
            (
                "questions",
                {"questions": [{"question": "</script><script>x()", "answer": "<b>No</b>"}]},
            )
        ],
    )

    response = client.get(guide.url)

    assert "<script>x()" not in response.content.decode()
    assert graph_of(response)["FAQPage"]["mainEntity"][0]["name"] == "</script><script>x()"


def test_what_is_not_public_is_left_out(client, merchant, member, editor):
    hidden = ProductFactory(merchant=merchant, title="Unlisted pot")
    video = VideoFactory(merchant=merchant, public=True, title="Dangerous")
    guide = GuidePageFactory(
        merchant=merchant,
        author=member,
        live=True,
        body=[("product", {"product": hidden, "note": ""}), ("video", {"video": video})],
    )
    assert "Dangerous" in client.get(guide.url).content.decode()
    services.take_down(subject=video, editor=editor, reason="It is.")

    page = client.get(guide.url).content.decode()

    assert "Unlisted pot" not in page
    assert "Dangerous" not in page


def queries_of(client, guide):
    client.get(guide.url)  # what is made once is made: renditions, the site's address
    with CaptureQueriesContext(connection) as queries:
        assert client.get(guide.url).status_code == 200
    return len(queries)


def test_more_products_and_videos_take_no_more_queries(client, merchant):
    def guide_with(count):
        products = [ProductFactory(merchant=merchant, listed=True) for _ in range(count)]
        videos = [VideoFactory(merchant=merchant, public=True) for _ in range(count)]
        return GuidePageFactory(
            merchant=merchant,
            live=True,
            body=[
                *(("product", {"product": product, "note": ""}) for product in products),
                *(("video", {"video": video, "caption": ""}) for video in videos),
            ],
        )

    few, many = guide_with(1), guide_with(4)

    assert queries_of(client, few) == queries_of(client, many) <= 28


def test_drafts_are_for_nobody(client, merchant, member, editor):
    guide = GuidePageFactory(merchant=merchant, author=member)

    for person in (None, member, editor, UserFactory()):
        if person is not None:
            client.force_login(person)
        assert client.get(guide.url).status_code == 404


def test_only_editors_preview_in_the_admin(client, merchant, member, editor):
    guide = GuidePageFactory(merchant=merchant, author=member)
    address = reverse(
        "wagtailadmin_pages:revisions_view", args=[guide.pk, guide.latest_revision_id]
    )

    client.force_login(member)
    assert client.get(address).status_code == 302
    client.force_login(editor)
    page = client.get(address)

    assert page.status_code == 200
    assert "Preview: this is how it will look." in page.content.decode()
    assert "application/ld+json" not in page.content.decode()


def test_the_list_of_guides_shows_the_public_ones(client, merchant, django_assert_max_num_queries):
    category = CategoryFactory()
    public = [GuidePageFactory(merchant=merchant, category=category, live=True) for _ in range(3)]
    draft = GuidePageFactory(merchant=merchant, category=category)
    client.get("/guides/")

    with django_assert_max_num_queries(16):
        page = client.get("/guides/").content.decode()

    assert [guide.title in page for guide in public] == [True, True, True]
    assert draft.title not in page


def test_the_first_page_is_storefronts(client):
    assert client.get("/").resolver_match.view_name == "storefront:home"
