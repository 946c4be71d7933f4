import os

import pytest
from playwright.sync_api import expect

from tests.journeys.site import environment_for, start_site, stop_site

SERVICES = ("DATABASE_URL", "REDIS_URL", "ELASTICSEARCH_URL")


@pytest.fixture(scope="session")
def on_services():
    """Whether this run was given PostgreSQL, Redis and Elasticsearch (`.ci/run` gives them)."""
    return all(os.environ.get(name) for name in SERVICES)


@pytest.fixture(scope="module")
def site(tmp_path_factory, on_services):
    """A whole site: on the services where the run was given them, else on embedded defaults."""
    site = start_site(environment_for(tmp_path_factory.mktemp("site"), services=on_services))
    yield site
    stop_site(site)


@pytest.fixture
def open_page(chromium, site):
    """Opens a page for a person of their own: nobody else's cookies."""
    contexts = []
    expect.set_options(timeout=15_000)

    def open_page(**options):
        settings = {"viewport": {"width": 1280, "height": 900}, "locale": "en-GB", **options}
        context = chromium.new_context(base_url=site.address, **settings)
        context.set_default_timeout(20_000)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
