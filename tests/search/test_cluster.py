"""Three nodes of Elasticsearch, and what a shop sees of it when one is killed: nothing.

Reads and writes go on all the time, through the services that the site uses."""

import shutil
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connections
from tenacity import Retrying, retry_if_not_result, stop_after_delay, wait_fixed

from search import services
from search.engines.elasticsearch.client import client
from search.engines.elasticsearch.mapping import index_name
from search.models import OutboxEntry
from search.query import SearchQuery
from tests.elasticsearch import own_indices
from tests.elasticsearch_cluster import Cluster, NoElasticsearchError

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.services,
    pytest.mark.xdist_group("cluster"),  # one cluster for all of them
]
LONGEST = 60
"""Seconds after which something that should come about is taken not to. On a free machine a new
master is there after one."""
ANSWER = 1.0 + 1.0
"""Seconds for one answer: what a shopper waits at most, and what a machine that runs four servers
and other tests beside may add."""


@pytest.fixture(scope="module")
def cluster():
    if not django_settings.ELASTICSEARCH_URL:
        pytest.skip("ELASTICSEARCH_URL names no Elasticsearch, so no cluster of it is started")
    # Not below pytest's own folder: the nodes run as another user, who can't get there.
    folder = Path(tempfile.mkdtemp(prefix="auditorium-cluster-"))
    try:
        cluster = Cluster(folder, nodes=3)
    except NoElasticsearchError as error:
        pytest.skip(str(error))
    yield cluster
    cluster.stop()
    shutil.rmtree(folder)


@pytest.fixture
def indices(cluster, settings):
    timeout = settings.ELASTICSEARCH_TIMEOUT
    settings.ELASTICSEARCH_URL = cluster.urls
    settings.ELASTICSEARCH_CA_CERTS = cluster.ca_certs
    # Original and copies of the parts lie on every node.
    settings.ELASTICSEARCH_SHARDS = 3
    with own_indices(settings):
        settings.ELASTICSEARCH_TIMEOUT = timeout
        yield


@pytest.fixture
def administrator(cluster, settings):
    settings.ELASTICSEARCH_URL = cluster.administrator_urls
    settings.ELASTICSEARCH_CA_CERTS = cluster.ca_certs
    return client().options(request_timeout=20)


@dataclass
class Answer:
    at: float
    seconds: float
    reduced: bool
    total: int


@dataclass
class Reader:
    """A shopper who searches without end."""

    _answers: list[Answer] = field(default_factory=list)
    _failures: list[Exception] = field(default_factory=list)

    def __post_init__(self):
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._read)

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_error):
        self._ended.set()
        self._thread.join(timeout=LONGEST)

    @property
    def answers(self):
        """So far. Raises what a search raised, for none may."""
        if self._failures:
            raise self._failures[0]
        return self._answers

    def since(self, moment):
        return [answer for answer in self.answers if answer.at >= moment]

    def _read(self):
        try:
            while not self._ended.wait(0.02):
                started = time.monotonic()
                results = services.search(SearchQuery(text="kettle"))
                seconds = time.monotonic() - started
                self._answers.append(Answer(started, seconds, results.reduced, results.total))
        except Exception as error:
            self._failures.append(error)
        finally:
            connections.close_all()


class Shop:
    """Puts, changes and takes off things, all the time."""

    def __init__(self, shelf):
        self._shelf = shelf
        self.changes = 0

    @property
    def titles(self):
        return {pk: document.title for pk, document in self._shelf.documents.items()}

    def change(self):
        """Five new things; of those that are there one is renamed and one goes."""
        changed = [self._shelf.put(title=f"Kettle {self.changes}") for _number in range(5)]
        standing = list(self._shelf.documents.values())
        gone, renamed = standing[len(standing) // 2], standing[0]
        self._shelf.take_off(gone)
        self._shelf.put(object_id=renamed.object_id, title=f"Kettle renamed {self.changes}")
        changed += [gone, renamed]
        services.note_changes(kind="product", object_ids=[each.object_id for each in changed])
        self.changes += len(changed)

    def change_until(self, done):
        """Raises TimeoutError where that takes too long."""
        deadline = time.monotonic() + LONGEST
        while not done():
            if time.monotonic() > deadline:
                raise TimeoutError(done.__name__)
            self.change()


def all_taken():
    """Whether every change so far has been acknowledged."""
    services.drain_outbox()
    return not OutboxEntry.objects.exists()


def wait_until(condition):
    Retrying(retry=retry_if_not_result(bool), stop=stop_after_delay(LONGEST), wait=wait_fixed(0.1))(
        condition
    )


def indexed():
    """What Elasticsearch has, by id."""
    server = client().options(request_timeout=20)
    server.indices.refresh(index=index_name("product"))
    found = server.search(index=index_name("product"), size=10_000, source=["shown.title"])
    return {int(hit["_id"]): hit["_source"]["shown"]["title"] for hit in found["hits"]["hits"]}


def test_a_killed_master_loses_nothing_and_searches_go_on(
    cluster, administrator, indices, products
):
    shop = Shop(products)
    products.put(title="Kettle")
    services.rebuild()
    administrator.cluster.health(wait_for_status="green", timeout="20s")

    with Reader() as reader:
        shop.change_until(lambda: len(reader.answers) > 50)
        wait_until(all_taken)
        before = shop.changes

        [master] = administrator.cat.master(h="node", format="json")
        killed = time.monotonic()
        cluster.kill(master["node"])

        # With two nodes: all that was acknowledged is there, and new changes are taken.
        shop.change()
        shop.change_until(all_taken)
        wait_until(lambda: reader.answers and not reader.answers[-1].reduced)
        assert indexed() == shop.titles
        recovered = time.monotonic()
        shop.change_until(lambda: len(reader.since(recovered)) > 50)

        # The third comes back while writing goes on, and has everything in the end.
        back = cluster.start_again(master["node"])
        shop.change_until(lambda: back.poll() is not None)
        administrator.cluster.health(
            wait_for_status="green",
            wait_for_nodes="3",
            timeout="20s",
            wait_for_no_initializing_shards=True,
        )
        wait_until(all_taken)

        wait_until(lambda: not reader.answers[-1].reduced)

    assert indexed() == shop.titles
    longest = max(answer.seconds for answer in reader.answers)
    after = reader.since(killed)
    reduced = sum(answer.reduced for answer in after)
    print(f"{before} changes before the kill, {shop.changes - before} after it")
    print(f"{len(after)} searches after it, {reduced} of them reduced; longest {longest:.2f} s")
    assert longest < ANSWER


def test_a_node_that_hangs_is_done_without(cluster, administrator, indices, products):
    for number in range(50):
        products.put(title=f"Kettle {number}")
    services.rebuild()
    administrator.cluster.health(wait_for_status="green", wait_for_nodes="3", timeout="20s")
    [master] = administrator.cat.master(h="node", format="json")
    follower = next(name for name in ("node-1", "node-2") if name != master["node"])

    with Reader() as reader:
        wait_until(lambda: len(reader.answers) > 20)
        with cluster.hung(follower):
            hung = time.monotonic()
            wait_until(lambda: in_a_row(reader.since(hung)) >= 50)
        answers = reader.since(hung)

    assert {answer.total for answer in answers} == {50}
    longest = max(answer.seconds for answer in answers)
    reduced = [answer.at - hung for answer in answers if answer.reduced]
    print(
        f"{len(answers)} searches, {len(reduced)} of them reduced, the last after {reduced[-1:]} s"
    )
    print(f"longest answer {longest:.2f} s")
    assert longest < ANSWER


def in_a_row(answers):
    """How many of the last answers came from Elasticsearch, without one that didn't."""
    return next(
        (count for count, answer in enumerate(reversed(answers)) if answer.reduced), len(answers)
    )
