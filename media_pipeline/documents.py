"""What search knows of videos."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from wagtail.images.models import SourceImageIOError

from media_pipeline import captions
from media_pipeline.chapters import chapters_of
from media_pipeline.models import Picture, Video
from search.documents import Document, DocumentType, register

KIND = "video"
CARD = "fill-640x360|format-webp"  # the rendition that result lists show

# Apps above know more of videos than this one does (products: which category they belong to).
# Each of these is given the ids being described, and returns changes to the documents' fields.
enrichers: list[Callable[[list[int]], Mapping[int, Mapping[str, Any]]]] = []


def register_enricher(enricher: Callable[[list[int]], Mapping[int, Mapping[str, Any]]]) -> None:
    """Called from an app's `ready`. An enricher asks the database once for all ids."""
    if enricher not in enrichers:
        enrichers.append(enricher)


def build(video_ids: Sequence[int]) -> Iterable[Document]:
    """The documents of those of these videos that are public now; a fixed number of queries."""
    videos = (
        Video.objects.public()
        .filter(pk__in=video_ids, taken_down_at=None)
        .select_related("merchant", "poster", "source__poster")
        .prefetch_related("poster__renditions", "source__poster__renditions")
    )
    documents = {video.pk: _document(video) for video in videos}
    for enricher in enrichers:
        for video_id, fields in enricher(list(documents)).items():
            if video_id in documents:
                documents[video_id] = replace(documents[video_id], **fields)
    return documents.values()


def all_ids() -> Iterator[int]:
    return Video.objects.filter(live=True).values_list("pk", flat=True).order_by("pk").iterator()


def register_documents() -> None:
    """Called once, when the app is ready."""
    register(DocumentType(kind=KIND, build=build, all_ids=all_ids))


def card_url(picture: Picture | None, rendition: str) -> str:
    """Where a result list finds this picture; "" for none, or where its file is gone: what has
    lost its picture can still be found."""
    if picture is None:
        return ""
    try:
        url: str = picture.get_rendition(rendition).url
    except SourceImageIOError:
        return ""
    return url


def _document(video: Video) -> Document:
    return Document(
        kind=KIND,
        object_id=video.pk,
        title=video.title,
        url=video.get_absolute_url(),
        summary=video.description[:300],
        body=_body(video),
        merchant=video.merchant.name,
        merchant_slug=video.merchant.slug,
        merchant_since=video.merchant.created_at,
        picture_url=card_url(video.shown_poster, CARD),
        has_video=True,
        published_at=video.first_published_at,
    )


def _body(video: Video) -> str:
    """What is said in it and what its chapters are called can be searched like its description."""
    titles = "\n".join(chapter.title for chapter in chapters_of(video.chapters))
    spoken = captions.spoken_text(video.captions)
    return "\n\n".join(part for part in (video.description, titles, spoken) if part)
