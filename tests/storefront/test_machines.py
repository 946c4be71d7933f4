from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.db import connection
from django.test import override_settings

from tests.factories.cms import GuidePageFactory
from tests.factories.media_pipeline import VideoFactory
from tests.factories.products import ProductFactory
from tests.factories.selection import EntryFactory

pytestmark = pytest.mark.django_db
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def locations(client, path: str) -> list[str]:
    tree = ElementTree.fromstring(client.get(path).content)  # noqa: S314 - our own
    return [loc.text.split("://", 1)[1].partition("/")[2] for loc in tree.iter(LOC)]


def test_robots_are_told_where_the_map_is(client):
    text = client.get("/robots.txt").content.decode()
    assert f"Sitemap: {settings.SITE_URL}/sitemap.xml" in text
    assert "Disallow: /merchant/" in text
    assert "Disallow: /search/\n" in text
    assert "Allow: /search/how/" in text


def test_the_map_has_everything_public_and_nothing_else(client):
    product = ProductFactory(listed=True)
    draft = ProductFactory()
    guide = GuidePageFactory(live=True)
    unpublished = GuidePageFactory()
    video = VideoFactory(public=True)
    hidden = VideoFactory()
    entry = EntryFactory()
    sections = locations(client, "/sitemap.xml")
    assert "sitemap-products.xml" in sections
    found = [f"/{path}" for section in sections for path in locations(client, f"/{section}")]
    for public in (product, video, entry.round, entry.product):
        assert public.get_absolute_url() in found
    assert guide.url in found
    for private in (draft, hidden):
        assert private.get_absolute_url() not in found
    assert unpublished.url not in found
    assert all(client.get(path).status_code == 200 for path in found)


def test_health_is_the_databases_too(client, monkeypatch):
    response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert "no-store" in response["Cache-Control"]

    def broken():
        raise ConnectionError

    monkeypatch.setattr(connection, "cursor", broken)
    with pytest.raises(ConnectionError):
        client.get("/healthz")


class TestErrorPages:
    def test_not_found_keeps_the_way_on(self, client):
        response = client.get("/no-such-page/")
        assert response.status_code == 404
        assert "This seat is empty" in response.content.decode()
        assert 'role="search"' in response.content.decode()

    def test_a_broken_page_needs_neither_database_nor_context(self, client, monkeypatch):
        client.raise_request_exception = False
        monkeypatch.setattr("storefront.views.home.home_page", lambda: 1 / 0)
        response = client.get("/")
        assert response.status_code == 500
        assert "Something broke on our side" in response.content.decode()

    def test_a_bad_host_gets_a_page_of_ours(self, client):
        with override_settings(ALLOWED_HOSTS=["auditorium.example"]):
            response = client.get("/", headers={"host": "elsewhere.example"})
        assert response.status_code == 400
        assert "We could not read that" in response.content.decode()


def test_no_page_runs_what_stands_in_it(client):
    """A strict policy comes later: nothing inline may be in its way."""
    entry = EntryFactory()
    entry.product.videos.add(entry.video)
    guide = GuidePageFactory(live=True)
    paths = ["/", "/auditions/", "/selected/", "/search/?q=a", "/nowhere/", "/my/", guide.url]
    paths += [entry.get_absolute_url(), entry.round.get_absolute_url()]
    paths += [entry.product.get_absolute_url(), entry.video.get_absolute_url()]
    for path in paths:
        page = client.get(path, follow=True).content.decode()
        scripts = page.split("<script")[1:]
        assert all(
            " src=" in tag.split(">")[0] or "ld+json" in tag.split(">")[0] for tag in scripts
        )
        assert "<style" not in page
        assert " style=" not in page
        assert not any(f" on{event}=" in page for event in ("click", "load", "submit", "error"))
