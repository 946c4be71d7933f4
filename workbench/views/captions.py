"""What is said in a video, for those who read it: captions in several languages, and chapters."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from cms.rules import may_be_edited
from cms.selectors import review_of
from core.errors import ActionRefusedError
from media_pipeline import captions, chapters, languages, legibility
from media_pipeline.captions import Track
from media_pipeline.choices import CaptionOrigin
from media_pipeline.errors import CaptionsRefusedError
from media_pipeline.models import Video
from media_pipeline.selectors import draft_of, playback_of
from media_pipeline.services import captions as services
from workbench.forms.captions import (
    CaptionsFileForm,
    CaptionsForm,
    ChaptersForm,
    NewCaptionsForm,
)
from workbench.views.video_actions import VideoActionView
from workbench.views.videos import VideoView

CONFIRM = "confirm"
CONTENT_TYPES = {"vtt": "text/vtt; charset=utf-8", "srt": "application/x-subrip; charset=utf-8"}


class WordsView(VideoView):
    """A page about the words of one video, as they are in its latest version."""

    def refuse_if_fixed(self, video: Video) -> None:
        """Raises ActionRefusedError while an editor is reading it."""
        if not may_be_edited(review_of(video).state):
            raise ActionRefusedError(_("An editor is looking at it. Take it back to change it."))

    def render_words(self, template: str, draft: Video, status: int, **more: Any) -> HttpResponse:
        review = review_of(draft)
        may_edit = may_be_edited(review.state) and self.membership.merchant.is_active
        return self.render(
            f"videos/{template}",
            status=status,
            video=draft,
            review=review,
            may_edit=may_edit,
            playback=playback_of(draft, as_draft=True),
            **more,
        )


class CaptionsView(WordsView):
    """All that the video has, and what it could have."""

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        return self.show(draft_of(self.video_or_404(uuid)))

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        """Captions in one more language."""
        draft = draft_of(self.video_or_404(uuid))
        form = NewCaptionsForm(request.POST, request.FILES, seconds=draft.source.duration)
        if not form.is_valid():
            return self.show(draft, new=form, status=422)
        language, cues = form.cleaned_data["language"], form.cleaned_data["file"]
        if _track_of(draft, language):
            sentence = _("There are captions in %(language)s already. Open them to replace them.")
            form.add_error("language", sentence % {"language": languages.own_name(language)})
            return self.show(draft, new=form, status=422)
        if cues is None:
            return redirect(self.url("video_captions_edit", uuid, language))
        try:
            self.refuse_if_fixed(draft)
            services.save_captions(
                video=draft,
                user=self.user,
                language=language,
                cues=cues,
                origin=CaptionOrigin.UPLOADED,
            )
        except ActionRefusedError as error:
            form.add_error(None, str(error))
            return self.show(draft, new=form, status=422)
        messages.success(request, _("The captions are in. Look whether they fit the video."))
        return redirect(self.url("video_captions_edit", uuid, language))

    def show(
        self,
        draft: Video,
        *,
        new: NewCaptionsForm | None = None,
        chapters_form: ChaptersForm | None = None,
        status: int = 200,
    ) -> HttpResponse:
        seconds = draft.source.duration or 0
        written = chapters.as_text(chapters.chapters_of(draft.chapters))
        tracks = captions.tracks_of(draft.captions)
        known = {track.language for track in tracks}
        found = captions.tracks_of(draft.source.captions)
        return self.render_words(
            "captions.html",
            draft,
            status,
            tracks=[(track, _hard_to_read(track)) for track in tracks],
            offered=[track for track in found if track.language not in known],
            new_form=new
            or NewCaptionsForm(
                seconds=seconds, initial={"language": languages.root_of(get_language() or "")}
            ),
            chapters_form=chapters_form or ChaptersForm(seconds=seconds, initial={"text": written}),
            found_chapters=chapters.as_text(services.found_chapters(draft.source))
            if not draft.chapters
            else "",
        )


class ChaptersView(CaptionsView):
    """Saves the chapters; shown on the page above."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        draft = draft_of(self.video_or_404(uuid))
        form = ChaptersForm(request.POST, seconds=draft.source.duration or 0)
        if not form.is_valid():
            return self.show(draft, chapters_form=form, status=422)
        try:
            self.refuse_if_fixed(draft)
            services.save_chapters(video=draft, user=self.user, chapters=form.chapters)
        except ActionRefusedError as error:
            form.add_error(None, str(error))
            return self.show(draft, chapters_form=form, status=422)
        messages.success(request, _("The chapters are saved."))
        return redirect(self.url("video_captions", uuid))


class CaptionsEditView(WordsView):
    """The captions of one language, beside the video. Without JavaScript a text, with it a list
    that saves itself."""

    def get(self, request: HttpRequest, uuid: UUID, language: str) -> HttpResponse:
        draft = self.draft_or_404(uuid, language)
        track = _track_of(draft, language)
        text = captions.as_vtt(track.cues) if track else ""
        version = services.version_of(draft, language)
        form = CaptionsForm(seconds=None, initial={"text": text, "version": version})
        return self.show(draft, language, form)

    def post(self, request: HttpRequest, uuid: UUID, language: str) -> HttpResponse:
        draft = self.draft_or_404(uuid, language)
        form = CaptionsForm(request.POST, seconds=draft.source.duration)
        wants_page = request.accepts("text/html")
        if not form.is_valid():
            if wants_page:
                return self.show(draft, language, form, status=422)
            return JsonResponse(_answer(draft, language, problems=dict(form.errors)))
        try:
            self.refuse_if_fixed(draft)
            saved = self.save(draft, language, form)
        except ActionRefusedError as error:
            if not wants_page:
                return JsonResponse({"conflict": True, "message": str(error)}, status=409)
            form.add_error(None, str(error))
            return self.show(draft, language, form, status=409)
        if not wants_page:
            return JsonResponse(_answer(saved, language, problems={}))
        messages.success(request, _("The captions are saved."))
        return redirect(self.url("video_captions_edit", uuid, language))

    def draft_or_404(self, uuid: UUID, language: str) -> Video:
        if not languages.is_offered(language):
            raise Http404
        return draft_of(self.video_or_404(uuid))

    def save(self, draft: Video, language: str, form: CaptionsForm) -> Video:
        track = _track_of(draft, language)
        was_confirmed = track.confirmed if track else True
        return services.save_captions(
            video=draft,
            user=self.user,
            language=language,
            cues=form.cues,
            origin=track.origin if track else CaptionOrigin.TYPED,
            version=form.cleaned_data["version"] or None,
            is_confirmed=was_confirmed or self.request.POST.get("action") == CONFIRM,
        )

    def show(
        self, draft: Video, language: str, form: CaptionsForm, status: int = 200
    ) -> HttpResponse:
        track = _track_of(draft, language)
        cues = track.cues if track else ()
        return self.render_words(
            "captions_edit.html",
            draft,
            status,
            form=form,
            code=language,
            label=languages.own_name(language),
            seconds=f"{draft.source.duration or 0:.3f}",
            track=track,
            cues=None if form.is_bound else [_as_json(cue) for cue in cues],
            advice=_advice(cues),
            file_form=CaptionsFileForm(seconds=None, auto_id="id_replace_%s"),
        )


class ReplaceCaptionsView(CaptionsEditView):
    """A file in the place of what is there."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, uuid: UUID, language: str) -> HttpResponse:
        draft = self.draft_or_404(uuid, language)
        form = CaptionsFileForm(request.POST, request.FILES, seconds=draft.source.duration)
        try:
            if not form.is_valid():
                raise CaptionsRefusedError(" ".join(map(str, form.errors["file"])))
            self.refuse_if_fixed(draft)
            services.save_captions(
                video=draft,
                user=self.user,
                language=language,
                cues=form.cleaned_data["file"],
                origin=CaptionOrigin.UPLOADED,
            )
        except ActionRefusedError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("The captions are replaced."))
        return redirect(self.url("video_captions_edit", uuid, language))


class CaptionsFileView(WordsView):
    """The captions as a file to take away."""

    def get(self, request: HttpRequest, uuid: UUID, language: str, suffix: str) -> HttpResponse:
        track = _track_of(draft_of(self.video_or_404(uuid)), language)
        if track is None:
            raise Http404
        text = captions.as_srt(track.cues) if suffix == "srt" else captions.as_vtt(track.cues)
        response = HttpResponse(text, content_type=CONTENT_TYPES[suffix])
        response["Content-Disposition"] = f'attachment; filename="captions-{language}.{suffix}"'
        return response


class RemoveCaptionsView(WordsView, VideoActionView):
    def act(self) -> str:
        video = self.video
        self.refuse_if_fixed(video)
        services.remove_captions(video=video, user=self.user, language=self.kwargs["language"])
        return _("The captions are removed.")

    def next_url(self) -> str:
        return self.url("video_captions", self.kwargs["uuid"])


class ConfirmCaptionsView(RemoveCaptionsView):
    def act(self) -> str:
        video = self.video
        self.refuse_if_fixed(video)
        services.confirm_captions(video=video, user=self.user, language=self.kwargs["language"])
        return _("Noted that you have read them.")


class UseCaptionsView(RemoveCaptionsView):
    def act(self) -> str:
        video = self.video
        self.refuse_if_fixed(video)
        services.use_found_captions(video=video, user=self.user, language=self.kwargs["language"])
        return _("The captions are the video's now. Look whether they are right.")

    def next_url(self) -> str:
        return self.url("video_captions_edit", self.kwargs["uuid"], self.kwargs["language"])


def _track_of(draft: Video, language: str) -> Track | None:
    tracks = captions.tracks_of(draft.captions)
    return next((one for one in tracks if one.language == language), None)


def _hard_to_read(track: Track) -> int:
    """How many of its captions there is advice on."""
    return len({one.number for one in legibility.advice_on(track.cues)})


def _answer(draft: Video, language: str, *, problems: dict[str, Any]) -> dict[str, Any]:
    """What the page is told after it has saved itself."""
    track = _track_of(draft, language)
    return {
        "version": services.version_of(draft, language),
        "saved_at": timezone.now().isoformat(),
        "problems": problems,
        "advice": _advice(track.cues if track else ()),
    }


def _advice(cues: tuple[captions.Cue, ...]) -> list[dict[str, Any]]:
    return [
        {"number": one.number, "time": captions.clock(cues[one.number].start), "text": one.sentence}
        for one in legibility.advice_on(cues)
    ]


def _as_json(cue: captions.Cue) -> dict[str, Any]:
    return {"start": cue.start, "end": cue.end, "text": cue.text}
