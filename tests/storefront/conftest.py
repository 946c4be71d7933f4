from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.accounts import UserFactory


@pytest.fixture
def queries_of() -> Callable[[Client, str], int]:
    """How many queries a page costs once the process is warm and its pictures' renditions, which
    are made once and kept, are there."""

    def count(client: Client, path: str) -> int:
        assert client.get(path).status_code == 200
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        return len(captured)

    return count


@pytest.fixture
def visit(chromium, live_server, client):
    """Opens a page for a browser of its own, signed in as `person` where there is one."""
    contexts = []

    def visit(path, *, person=None, script="", **options):
        context = chromium.new_context(base_url=live_server.url, **options)
        context.set_default_timeout(10_000)
        contexts.append(context)
        if person:
            client.force_login(person)
            session = client.cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page = context.new_page()
        page.requested = []
        page.on("request", lambda request: page.requested.append(request.url))
        if script:
            page.add_init_script(script)
        page.goto(path)
        return page

    yield visit
    for context in contexts:
        context.close()


@pytest.fixture
def shopper(db):
    return UserFactory()


@pytest.fixture
def listing(client):
    """What the search page lists, by its parameters or by an address that the page gave."""

    def get(address="", **params):
        return client.get(reverse("storefront:search") + address, params or None).context["listing"]

    return get
