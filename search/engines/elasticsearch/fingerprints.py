"""What Elasticsearch has, told by fingerprints: for comparing it with what there is."""

from collections.abc import Sequence

from search.documents import DocumentType
from search.engines.elasticsearch.client import WRITE_TIMEOUT, client, errors_translated
from search.engines.elasticsearch.mapping import index_name


def after(document_type: DocumentType, object_id: int, limit: int) -> dict[int, str]:
    """Those of the next documents, by their ids. As a search sees them: up to a second late."""
    with errors_translated():
        found = (
            client()
            .options(request_timeout=WRITE_TIMEOUT)
            .search(
                index=index_name(document_type.kind),
                query={"match_all": {}},
                sort=[{"object_id": "asc"}],
                search_after=[object_id],
                size=limit,
                source={"includes": ["object_id", "fingerprint"]},
                track_total_hits=False,
                allow_partial_search_results=False,
            )
        )
    sources = [hit["_source"] for hit in found["hits"]["hits"]]
    return {source["object_id"]: source["fingerprint"] for source in sources}


def of(document_type: DocumentType, object_ids: Sequence[int]) -> dict[int, str]:
    """Those of these documents, as they were last written: not a second late."""
    if not object_ids:
        return {}
    with errors_translated():
        answer = (
            client()
            .options(request_timeout=WRITE_TIMEOUT)
            .mget(
                index=index_name(document_type.kind),
                ids=[str(object_id) for object_id in object_ids],
                source_includes=["object_id", "fingerprint"],
            )
        )
    sources = [one["_source"] for one in answer["docs"] if one.get("found")]
    return {source["object_id"]: source["fingerprint"] for source in sources}
