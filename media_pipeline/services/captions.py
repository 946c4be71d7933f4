"""What is said in a video, written down: by people, by the file itself, or by a machine."""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import User
from media_pipeline import languages
from media_pipeline.captions import Cue, Track, arranged, confirmed, tracks_of, with_track
from media_pipeline.chapters import Chapter, as_values, from_container
from media_pipeline.choices import CaptionOrigin
from media_pipeline.errors import CaptionsRefusedError
from media_pipeline.models import Source, Video
from media_pipeline.selectors import draft_of
from media_pipeline.services.revisions import revise_video

MAX_TRACKS = 20


def version_of(video: Video, language: str) -> str:
    """Names what is in a video's captions of one language: whoever saves says with it what they
    saw, so that two people can't undo each other's work unknowingly."""
    track = next((one for one in video.captions if one["language"] == language), None)
    return hashlib.sha256(json.dumps(track, sort_keys=True).encode()).hexdigest()[:16]


@transaction.atomic
def save_captions(
    *,
    video: Video,
    user: User,
    language: str,
    cues: Sequence[Cue],
    origin: CaptionOrigin,
    version: str | None = None,
    is_confirmed: bool = True,
) -> Video:
    """Puts these in the place of the video's captions in that language, and returns the draft.
    Where there are none, it has no captions in that language any more.

    `version` is what the person saw (`version_of`); None overwrites whatever is there.
    `is_confirmed` is only of interest where a machine wrote them. Saving again soon goes into the
    same version of the video. Raises CaptionsRefusedError.
    """
    draft = _locked_draft(video)
    if not languages.is_offered(language):
        raise CaptionsRefusedError(_("Choose a language of the list."))
    if version is not None and version != version_of(draft, language):
        raise CaptionsRefusedError(
            _("Somebody else has changed these captions meanwhile. Load the page again.")
        )
    track = Track(
        language=language,
        label=languages.own_name(language),
        origin=origin,
        confirmed=is_confirmed or origin != CaptionOrigin.AUTOMATIC,
        cues=arranged(cues, seconds=draft.source.duration),
    )
    tracks = with_track(tracks_of(draft.captions), track)
    return _revise(draft, user, [one for one in tracks if one.cues])


@transaction.atomic
def confirm_captions(*, video: Video, user: User, language: str) -> Video:
    """Says that a person has read what a machine wrote down."""
    draft = _locked_draft(video)
    track = _track_or_refusal(draft.captions, language)
    return _revise(draft, user, with_track(tracks_of(draft.captions), confirmed(track)))


@transaction.atomic
def remove_captions(*, video: Video, user: User, language: str) -> Video:
    """Takes the video's captions in that language away."""
    draft = _locked_draft(video)
    _track_or_refusal(draft.captions, language)
    kept = [one for one in tracks_of(draft.captions) if one.language != language]
    return _revise(draft, user, kept)


@transaction.atomic
def use_found_captions(*, video: Video, user: User, language: str) -> Video:
    """Takes the captions that were in the file, or that a machine wrote down, into the video."""
    draft = _locked_draft(video)
    track = _track_or_refusal(draft.source.captions, language)
    if any(one["language"] == language for one in draft.captions):
        raise CaptionsRefusedError(
            _("This video has captions in %(language)s already. Remove those first.")
            % {"language": track.label}
        )
    return _revise(draft, user, with_track(tracks_of(draft.captions), track))


def save_chapters(*, video: Video, user: User, chapters: Sequence[Chapter]) -> Video:
    """Puts these in the place of the video's chapters, and returns the draft."""
    return revise_video(video=video, user=user, chapters=as_values(chapters))


def found_chapters(source: Source) -> list[Chapter]:
    """Those that the file itself has."""
    return from_container(source.facts.get("chapters", []), seconds=source.duration or 0)


@transaction.atomic
def keep_found_captions(*, source: Source, tracks: Sequence[Track]) -> None:
    """Notes the captions that were found in a source, or made of what is said in it, one track
    in each language, and gives them to its videos (see `adopt_found`). What was found before is
    replaced, and not given again."""
    row = Source.objects.select_for_update(of=("self",)).get(pk=source.pk)
    kept = tracks_of(row.captions)
    known = {track.language for track in kept}
    for track in tracks:
        kept = with_track(kept, track)
    row.captions = [track.as_value() for track in kept]
    row.save(update_fields=["captions"])
    new = [track for track in tracks if track.language not in known]
    adopt_found(videos=row.videos.all(), tracks=new, chapters=[])


@transaction.atomic
def adopt_found(
    *, videos: QuerySet[Video], tracks: Sequence[Track], chapters: Sequence[Chapter]
) -> None:
    """Gives what was found in their file to those of the videos that have none of it and that no
    editor has been asked about: what is public, or being read, mustn't change by itself. There
    the merchant is offered them."""
    untouched = videos.select_for_update(of=("self",)).filter(
        live=False, workflow_states=None, taken_down_at=None
    )
    for video in untouched:
        known = {one["language"] for one in video.captions}
        changes: dict[str, Any] = {}
        if new := [track.as_value() for track in tracks if track.language not in known]:
            changes["captions"] = [*video.captions, *new][:MAX_TRACKS]
        if chapters and not video.chapters:
            changes["chapters"] = as_values(chapters)
        if changes:
            revise_video(video=video, user=None, **changes)


def _locked_draft(video: Video) -> Video:
    """Nobody else changes the video before this transaction ends."""
    row = Video.objects.select_for_update(of=("self",)).select_related("source").get(pk=video.pk)
    return draft_of(row)


def _revise(draft: Video, user: User, tracks: Sequence[Track]) -> Video:
    if len(tracks) > MAX_TRACKS:
        raise CaptionsRefusedError(
            _("A video takes captions in %(most)d languages at most.") % {"most": MAX_TRACKS}
        )
    values = [track.as_value() for track in tracks]
    return revise_video(video=draft, user=user, captions=values, over_own=True)


def _track_or_refusal(values: Sequence[dict[str, Any]], language: str) -> Track:
    for track in tracks_of(values):
        if track.language == language:
            return track
    raise CaptionsRefusedError(_("These captions are gone."))
