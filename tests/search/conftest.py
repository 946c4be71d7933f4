import socket
import threading
from contextlib import closing, suppress
from urllib.parse import urlsplit

import pytest
from django.conf import settings as django_settings

from search import documents
from search.engines.elasticsearch.engine import breaker
from search.engines.elasticsearch.writing import writing_breaker
from tests.factories.search import Shelf


@pytest.fixture
def products(monkeypatch):
    """Products to be found, and no app's documents."""
    shelf = Shelf("product")
    monkeypatch.setattr(documents, "_types", {"product": shelf.type})
    return shelf


@pytest.fixture
def database_only(settings):
    settings.ELASTICSEARCH_URL = ""


@pytest.fixture
def elasticsearch_url():
    if not django_settings.ELASTICSEARCH_URL:
        pytest.skip("ELASTICSEARCH_URL names no Elasticsearch")
    return django_settings.ELASTICSEARCH_URL


@pytest.fixture
def nobody_listens(settings):
    """Elasticsearch is set, and nothing is at its address."""
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        settings.ELASTICSEARCH_URL = f"http://127.0.0.1:{taken.getsockname()[1]}"
        breaker.reset()
        writing_breaker.reset()
        yield
    breaker.reset()
    writing_breaker.reset()


@pytest.fixture
def never_answers(settings):
    """Elasticsearch is set and takes connections, but hangs."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        settings.ELASTICSEARCH_URL = f"http://127.0.0.1:{server.getsockname()[1]}"
        breaker.reset()
        writing_breaker.reset()
        yield server
    breaker.reset()
    writing_breaker.reset()


class Relay:
    """A way to a server that can be cut: what it carries ends, and nobody gets through."""

    def __init__(self, url):
        target = urlsplit(url)
        self._target = (target.hostname, target.port)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._address = self._listener.getsockname()
        self.url = url.replace(f":{target.port}", f":{self._address[1]}")
        self._open = []
        self._start()

    def cut(self):
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for carried in self._open:
            with suppress(OSError):
                carried.shutdown(socket.SHUT_RDWR)

    def restore(self):
        self._listener = socket.create_server(self._address)
        self._start()

    def _start(self):
        threading.Thread(target=self._accept, args=[self._listener], daemon=True).start()

    def _accept(self, listener):
        with suppress(OSError):
            while True:
                near, _address = listener.accept()
                far = socket.create_connection(self._target)
                self._open += [near, far]
                for ends in ((near, far), (far, near)):
                    threading.Thread(target=self._carry, args=ends, daemon=True).start()

    @staticmethod
    def _carry(source, target):
        with suppress(OSError):
            while data := source.recv(65536):
                target.sendall(data)
            target.shutdown(socket.SHUT_WR)


@pytest.fixture
def relay(elasticsearch_url):
    relay = Relay(elasticsearch_url)
    yield relay
    relay.cut()
