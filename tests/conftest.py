import shutil

import pytest
from django.conf import settings
from django.db import connection, transaction
from playwright.sync_api import sync_playwright

from ops import chromium as chromium_here
from search import curation, thesaurus
from selection import append_only
from tests.roles import build_site


@pytest.fixture(scope="session", autouse=True)
def _scratch_folder():
    """Whatever the tests write (media, broker, indexes) goes when they end."""
    yield
    shutil.rmtree(settings.VAR_DIR, ignore_errors=True)


@pytest.fixture(autouse=True)
def _ledger_can_be_emptied(request):
    """A test with real transactions empties every table at its end, and the database refuses to
    remove votes' ledger lines. Django's post_migrate, sent after that, brings the guard back."""
    marker = request.node.get_closest_marker("django_db")
    marked = marker is not None and marker.kwargs.get("transaction", False)
    if not marked and not {"transactional_db", "live_server"} & set(request.fixturenames):
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    append_only.unguard(connection)


@pytest.fixture(autouse=True)
def _editors_choices_as_they_are():
    """Not as another test had them a moment ago."""
    thesaurus.current.forget()
    curation.every.forget()


@pytest.fixture(scope="module")
def peopled_site(django_db_setup, django_db_blocker):
    """A site with something of everything and someone of every role, made once for all tests of
    a module, which leave nothing behind in it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield build_site()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def chromium():
    """A real browser, shared by the tests of a module; each opens contexts of its own in it."""
    if not chromium_here.PATH:
        pytest.skip("no Chromium on this machine: what needs a browser is not tested")
    # Playwright keeps a loop running in this thread, which Django takes for asynchronous code.
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = chromium_here.launch(playwright)
        yield browser
        browser.close()


@pytest.fixture
def browse(chromium, live_server, client):
    """A page in a browser of its own, signed in as `person` where there is one."""
    contexts = []

    def browse(person=None, *, timeout=15_000, **options):
        context = chromium.new_context(base_url=live_server.url, **options)
        context.set_default_timeout(timeout)
        contexts.append(context)
        if person:
            client.force_login(person)
            session = client.cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        return context.new_page()

    yield browse
    for context in contexts:
        context.close()
