from datetime import UTC, datetime, timedelta

import factory

from search.documents import Document, DocumentType


class DocumentFactory(factory.Factory):
    class Meta:
        model = Document

    kind = "product"
    object_id = factory.Sequence(lambda n: n + 1)
    title = factory.Sequence(lambda n: f"Thing {n}")
    url = factory.LazyAttribute(lambda document: f"/{document.kind}/{document.object_id}/")
    reference = factory.LazyAttribute(lambda document: f"ref-{document.object_id}")
    published_at = factory.LazyAttribute(
        lambda document: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=document.object_id)
    )


class Shelf:
    """The documents that an app would have in its tables, of one kind. What stands on it is
    public; what is taken off is not."""

    def __init__(self, kind="product", *, listed=True):
        self.kind = kind
        self.documents = {}
        self.type = DocumentType(kind=kind, build=self._build, all_ids=self._all_ids, listed=listed)
        self.before_build = lambda object_ids: None
        """Called between reading the documents and handing them over."""

    def put(self, **fields):
        document = DocumentFactory(kind=self.kind, **fields)
        self.documents[document.object_id] = document
        return document

    def take_off(self, document):
        del self.documents[document.object_id]

    def _build(self, object_ids):
        found = [self.documents[pk] for pk in object_ids if pk in self.documents]
        self.before_build(object_ids)
        return found

    def _all_ids(self):
        return iter(sorted(self.documents))
