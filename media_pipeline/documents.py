"""What search knows of videos."""

from collections.abc import Iterator, Sequence

from media_pipeline import captions
from media_pipeline.chapters import chapters_of
from media_pipeline.models import Picture, Video
from search.documents import Document, DocumentType, register

KIND = "video"
CARD = "fill-640x360|format-webp"  # the rendition that result lists show


def build(video_ids: Sequence[int]) -> Iterator[Document]:
    videos = Video.objects.public().filter(pk__in=video_ids, taken_down_at=None)
    for video in videos.select_related("merchant", "poster", "source__poster"):
        yield Document(
            kind=KIND,
            object_id=video.pk,
            title=video.title,
            url=video.get_absolute_url(),
            summary=video.description[:300],
            body=_body(video),
            merchant=video.merchant.name,
            merchant_slug=video.merchant.slug,
            picture_url=_picture_url(video.shown_poster),
            has_video=True,
            published_at=video.first_published_at,
        )


def all_ids() -> Iterator[int]:
    return Video.objects.filter(live=True).values_list("pk", flat=True).order_by("pk").iterator()


def register_documents() -> None:
    """Called once, when the app is ready."""
    register(DocumentType(kind=KIND, build=build, all_ids=all_ids))


def _body(video: Video) -> str:
    """What is said in it and what its chapters are called can be searched like its description."""
    titles = "\n".join(chapter.title for chapter in chapters_of(video.chapters))
    spoken = captions.spoken_text(video.captions)
    return "\n\n".join(part for part in (video.description, titles, spoken) if part)


def _picture_url(poster: Picture | None) -> str:
    return poster.get_rendition(CARD).url if poster else ""
