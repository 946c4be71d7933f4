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
def visit(browse):
    """Opens a page for a browser of its own, signed in as `person` where there is one."""

    def visit(path, *, person=None, script="", **options):
        page = browse(person, timeout=10_000, **options)
        page.requested = []
        page.on("request", lambda request: page.requested.append(request.url))
        if script:
            page.add_init_script(script)
        page.goto(path)
        return page

    return visit


@pytest.fixture
def shopper(db):
    return UserFactory()


@pytest.fixture
def listing(client):
    """What the search page lists, by its parameters or by an address that the page gave."""

    def get(address="", **params):
        return client.get(reverse("storefront:search") + address, params or None).context["listing"]

    return get
