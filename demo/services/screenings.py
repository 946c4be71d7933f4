"""Films: rendered, put through the pipeline like any merchant's video, approved, and then shown
where they belong: with their product, in their guide, in their audition."""

import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.core.files import File
from django.utils.translation import gettext as _

from cms.choices import ReviewState
from cms.selectors import review_of
from cms.services import approve, overrule, submit
from demo import library
from demo.errors import DemoRefusedError
from demo.films.rendering import render_film
from demo.library import Audition, Candidate, Film
from demo.services import auditions
from demo.services.goods import owner_of
from demo.services.people import editor
from demo.services.reporting import Report, silent
from demo.services.writing import put_video_into_guide
from media_pipeline.choices import SourceState
from media_pipeline.models import Video
from media_pipeline.selectors import progress_of, videos_of
from media_pipeline.services import add_video
from products.models import Product
from products.services import update_product

SUFFIXES = {".avi", ".m4v", ".mkv", ".mov", ".mp4", ".mpg", ".ogv", ".ts", ".webm"}
PATIENCE = 600  # seconds without any progress of the pipeline, after which we stop waiting
PAUSE = 1.0  # seconds between two looks


@dataclass(frozen=True, slots=True)
class Screening:
    """A film, and the audition that it speaks for its product in."""

    film: Film
    audition: Audition
    candidate: Candidate

    def video(self) -> Video | None:
        product = Product.objects.filter(feed_id=self.film.product).first()
        if product is None:
            return None
        return videos_of(product.merchant).filter(title=self.film.title).first()

    def is_over(self) -> bool:
        """An entry stays, whatever becomes of it: with it all that we do for a film is done."""
        return auditions.entry_of(self.audition, self.film) is not None


def show_films(
    *,
    media: Path | None = None,
    report: Report = silent,
    say: Callable[[str], None] = lambda sentence: None,
    wait: Callable[[float], None] = time.sleep,
) -> bool:
    """Add the videos that are missing and finish the auditions as they become ready.

    With `media`, the video files of that folder take the films' places, in order of their names.
    Goes on where it was stopped. False where some are still with the pipeline, because it has
    not moved for PATIENCE seconds, or where one was refused.
    """
    files = _files_in(media) if media else []
    screenings = _screenings()
    with tempfile.TemporaryDirectory(prefix="auditorium-demo-") as folder:
        for number, screening in enumerate(screenings):
            if not screening.is_over():
                source = files[number % len(files)] if files else None
                _add(screening, source, Path(folder), report, number, len(screenings))
            _finish_what_is_ready(screenings)
    return _wait_for_the_rest(screenings, report, say, wait)


def _screenings() -> list[Screening]:
    films = {film.key: film for film in library.films()}
    return [
        Screening(films[candidate.film], audition, candidate)
        for audition in library.auditions()
        for candidate in audition.entries
    ]


def _files_in(media: Path) -> list[Path]:
    files = sorted(path for path in media.glob("*") if path.suffix.lower() in SUFFIXES)
    if not files:
        raise DemoRefusedError(
            _("There are no video files in %(folder)s. Name a folder that has some.")
            % {"folder": media}
        )
    return files


def _add(
    screening: Screening,
    source: Path | None,
    folder: Path,
    report: Report,
    number: int,
    total: int,
) -> None:
    """The film's video, rendered first unless a file stands in for it; sent in and approved."""
    film = screening.film
    video = screening.video()
    product = Product.objects.filter(feed_id=film.product).select_related("merchant").first()
    if product is None:
        return
    owner = owner_of(product.merchant)
    if video is None:
        path = source or folder / f"{film.key}.mp4"
        if source is None:
            render_film(film=film, target=path)
        with path.open("rb") as stream:
            video = add_video(
                merchant=product.merchant,
                user=owner,
                title=film.title,
                description=film.description,
                file=File(stream, name=path.name),
            )
        if source is None:
            path.unlink()
    state = review_of(video).state
    if state == ReviewState.DRAFT and not _has_failed(video):
        submit(subject=video, user=owner)
        state = ReviewState.IN_REVIEW
    if state == ReviewState.IN_REVIEW:
        approve(subject=video, editor=editor())
    report(_("Videos"), number + 1, total)


def _finish_what_is_ready(screenings: Sequence[Screening]) -> None:
    """Everything of a film that can be done now. Repeating it changes nothing."""
    for screening in screenings:
        _finish(screening)
    for audition in library.auditions():
        rest = [one for one in screenings if one.audition is audition and not _is_decided(one)]
        if not rest:
            auditions.close_if_complete(audition)


def _finish(screening: Screening) -> None:
    entry = auditions.entry_of(screening.audition, screening.film)
    if entry is None:
        video = screening.video()
        if video is not None and not video.live:
            _let_it_out(video)
            video = screening.video()
        if video is None or not video.live:
            return
        product = Product.objects.get(feed_id=screening.film.product, merchant=video.merchant)
        update_product(product=product, videos=[video])
        put_video_into_guide(key=screening.film.guide, film=screening.film.key, video=video)
        entry = auditions.enter_film(audition=screening.audition, film=screening.film, video=video)
    if entry is not None:
        auditions.let_shoppers_vote(
            audition=screening.audition, candidate=screening.candidate, entry=entry
        )


def _let_it_out(video: Video) -> None:
    """What the checks found in our own films (files that several share are the same video twice)
    holds them back until an editor has decided on it."""
    overrule(
        findings=video.source.held_by,
        editor=editor(),
        reason=_("It is part of the demonstration, and leads nobody away from here."),
    )


def _is_decided(screening: Screening) -> bool:
    """Entered, or never to be."""
    if screening.is_over():
        return True
    video = screening.video()
    return video is not None and _has_failed(video)


def _has_failed(video: Video) -> bool:
    return video.source.state in {SourceState.REFUSED, SourceState.FAILED}


def _wait_for_the_rest(
    screenings: Sequence[Screening],
    report: Report,
    say: Callable[[str], None],
    wait: Callable[[float], None],
) -> bool:
    before, since = -1.0, time.monotonic()
    while rest := [screening for screening in screenings if not _is_decided(screening)]:
        videos = [video for screening in rest if (video := screening.video())]
        done = sum(progress_of(video).fraction for video in videos)
        if done != before:
            before, since = done, time.monotonic()
        elif time.monotonic() - since > PATIENCE:
            say(_("The pipeline has stood still for ten minutes. Is a worker running?"))
            return False
        report(_("Videos that can be played"), len(screenings) - len(rest), len(screenings))
        wait(PAUSE)
        _finish_what_is_ready(screenings)
    report(_("Videos that can be played"), len(screenings), len(screenings))
    failed = [video for one in screenings if (video := one.video()) and _has_failed(video)]
    for video in failed:
        say(f"{video.title}: {progress_of(video).message}")
    return not failed
