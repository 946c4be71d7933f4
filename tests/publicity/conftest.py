"""Whatever is published or withdrawn, by whatever path: the index is looked at right after.

`is_found(thing)` does what a worker does, then asks for the thing as a stranger would. Each time
it also sees to it that search and the thing's own page agree, and that nothing in any index
differs from what is public: a path that nobody told search of shows itself at once, whichever
document it spoils.
"""

from itertools import count
from types import SimpleNamespace

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client

from cms.models import GuidePage
from media_pipeline.models import Video
from products.models import Category, Product
from search import engines, services
from search.models import Reading
from search.query import SearchQuery
from selection.models import Round
from tests.elasticsearch import own_indices, settle
from tests.factories.accounts import UserFactory
from tests.factories.merchants import MembershipFactory

_last_readings = count(1_000_000, step=1_000_000)
KINDS = {
    GuidePage: "guide",
    Video: "video",
    Product: "product",
    Round: "audition",
    Category: "category",
}


@pytest.fixture(scope="session")
def prefix():
    """Of indices for all of these tests: making and removing them takes longer than the tests."""
    chosen = SimpleNamespace()
    with own_indices(chosen):
        yield chosen.ELASTICSEARCH_INDEX_PREFIX


@pytest.fixture(autouse=True, params=["database", "elasticsearch"])
def engine(request, db, settings):
    """Each engine that is there, with nothing in it."""
    if request.param == "database":
        settings.ELASTICSEARCH_URL = ""
        return engines.current()
    if not django_settings.ELASTICSEARCH_URL:
        pytest.skip("ELASTICSEARCH_URL names no Elasticsearch")
    settings.ELASTICSEARCH_INDEX_PREFIX = request.getfixturevalue("prefix")
    settings.ELASTICSEARCH_TIMEOUT = 20.0
    begin_after_the_last_test()
    services.reconcile()  # what the last test has left is public no longer
    settle(engines.current())
    return engines.current()


def begin_after_the_last_test():
    """A test that is rolled back leaves its documents in Elasticsearch, and on SQLite gives the
    numbers of its readings to the next one, whose writes would be taken for older."""
    if connection.vendor == "sqlite":
        Reading.objects.create(pk=next(_last_readings))


@pytest.fixture
def catch_up(engine):
    """What workers do after each change; nothing may be left that differs."""

    def catch_up():
        services.drain_outbox()
        settle(engine)
        drifts = [drift for drift in services.reconcile(repair=False) if drift.total or drift.away]
        assert drifts == []

    return catch_up


@pytest.fixture
def opened(engine):
    """Search has what the test has laid out so far."""

    def opened():
        services.reconcile()
        settle(engine)

    return opened


@pytest.fixture
def hits(catch_up):
    """What a stranger finds of a kind: `hits("guide", "bowl")`."""

    def hits(kind, text="", **query):
        catch_up()
        return services.search(SearchQuery(text=text, kinds=(kind,), **query)).hits

    return hits


@pytest.fixture
def suggested(catch_up):
    """The addresses that are suggested to whoever types this."""

    def suggested(text, kind):
        catch_up()
        return [each.url for each in services.suggest(text, kinds=(kind,))]

    return suggested


@pytest.fixture
def is_found(hits, suggested):
    """Whether a stranger finds this thing, by its title and among the suggestions; and whether
    there is then a page, or none."""

    def is_found(thing, url=None):
        kind = KINDS[type(thing)]
        among = [hit for hit in hits(kind, thing.title) if hit.object_id == thing.pk]
        url = url or (among[0].url if among else address_of(thing))
        assert (url in suggested(thing.title, kind)) == bool(among)
        assert Client().get(url).status_code == (200 if among else 404)
        return bool(among)

    return is_found


def address_of(thing):
    return thing.get_url() if isinstance(thing, GuidePage) else thing.get_absolute_url()


@pytest.fixture
def editor():
    return UserFactory(editor=True)


@pytest.fixture
def admin():
    return UserFactory(admin=True)


@pytest.fixture
def membership():
    return MembershipFactory()


@pytest.fixture
def member(membership):
    return membership.user


@pytest.fixture
def merchant(membership):
    return membership.merchant
