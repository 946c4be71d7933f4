"""A merchant's videos: upload, watch what the pipeline does with them, edit the words."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from cms.rules import may_be_edited, may_submit, may_withdraw_submission
from cms.selectors import review_of, reviews_of
from core.errors import ActionRefusedError
from media_pipeline.choices import SourceState
from media_pipeline.models import Picture, Video
from media_pipeline.selectors import (
    draft_of,
    life_of,
    playback_of,
    progress_of,
    uploads_under_way,
    usage_of,
    videos_of,
    with_life,
)
from media_pipeline.services import add_video, update_video
from media_pipeline.services.videos import title_from
from media_pipeline.wording import remarks_on, words_of
from workbench.forms.videos import PosterForm, VideoForm, VideoUploadForm
from workbench.selectors import is_shared
from workbench.views.base import MerchantView

VIDEOS_PER_PAGE = 24
NOT_TO_BE_SHOWN = {SourceState.REFUSED, SourceState.FAILED, SourceState.CANCELLED}


class VideoListView(MerchantView):
    section = "videos"

    def get(self, request: HttpRequest) -> HttpResponse:
        page = Paginator(videos_of(self.merchant), VIDEOS_PER_PAGE).get_page(
            request.GET.get("page")
        )
        reviews = reviews_of(page.object_list)
        rows = [(video, reviews[video], progress_of(video)) for video in page.object_list]
        return self.render("videos/list.html", page=page, rows=rows)


class VideoUploadView(MerchantView):
    """Several files, resumable, by tus; one file in one request where there is no JavaScript."""

    section = "videos"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(VideoUploadForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = VideoUploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(form, status=422)
        file = form.cleaned_data["file"]
        if file.size > settings.VIDEO_MAX_BYTES:
            form.add_error("file", _("This file is too large. Save the video smaller."))
            return self.show(form, status=422)
        try:
            video = add_video(
                merchant=self.merchant, user=self.user, title=title_from(file.name), file=file
            )
        except ActionRefusedError as error:
            form.add_error("file", str(error))
            return self.show(form, status=422)
        return redirect(self.url("video", video.uuid))

    def show(self, form: VideoUploadForm, status: int = 200) -> HttpResponse:
        endpoint = reverse("media_pipeline:upload_create") + f"?merchant={self.merchant.slug}"
        return self.render(
            "videos/upload.html",
            status=status,
            form=form,
            endpoint=endpoint,
            max_bytes=settings.VIDEO_MAX_BYTES,
            unfinished=uploads_under_way(self.merchant).filter(user=self.user, is_part=False),
            usage=usage_of(self.merchant),
        )


class VideoView(MerchantView):
    """A page about one of this merchant's videos."""

    section = "videos"

    def video_or_404(self, uuid: UUID) -> Video:
        video = videos_of(self.merchant).filter(uuid=uuid).first()
        if video is None:
            raise Http404
        return video


class VideoDetailView(VideoView):
    """The whole life of a video: how it plays, what was found in it, how it was made."""

    def video_or_404(self, uuid: UUID) -> Video:
        video = with_life(videos_of(self.merchant)).filter(uuid=uuid).first()
        if video is None:
            raise Http404
        return video

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        video = self.video_or_404(uuid)
        draft = draft_of(video)
        words = {"title": draft.title, "description": draft.description}
        return self.show(video, VideoForm(initial=words))

    def post(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        video = self.video_or_404(uuid)
        form = VideoForm(request.POST)
        review = review_of(video)
        if not may_be_edited(review.state):
            messages.error(request, _("An editor is looking at it. Take it back to change it."))
            return redirect(self.url("video", uuid))
        if not form.is_valid():
            return self.show(video, form, status=422)
        try:
            update_video(video=video, user=self.user, **form.cleaned_data)
        except ActionRefusedError as error:
            form.add_error(None, str(error))
            return self.show(video, form, status=422)
        messages.success(request, _("Saved."))
        return redirect(self.url("video", uuid))

    def show(self, video: Video, form: VideoForm, status: int = 200) -> HttpResponse:
        review = review_of(video)
        progress = progress_of(video)
        draft = draft_of(video)
        return self.render(
            "videos/detail.html",
            status=status,
            video=video,
            draft=draft,
            form=form,
            poster_form=PosterForm(),
            review=review,
            progress=progress,
            percent=round(100 * progress.fraction),
            playback=playback_of(draft, as_draft=True),
            life=life_of(video),
            own_poster=_own_poster(draft),
            remarks=remarks_on(*words_of(draft)),
            may_edit=may_be_edited(review.state),
            may_submit=may_submit(review.state) and progress.state not in NOT_TO_BE_SHOWN,
            may_withdraw=may_withdraw_submission(review.state),
            is_shared=is_shared(video),
        )


class VideoProgressView(VideoView):
    """The pipeline's steps; the fragment asks for itself until they are over."""

    def get(self, request: HttpRequest, uuid: UUID) -> HttpResponse:
        video = self.video_or_404(uuid)
        progress = progress_of(video)
        template = "progress_short.html" if "short" in request.GET else "progress.html"
        return self.render(
            f"videos/{template}",
            video=video,
            progress=progress,
            percent=round(100 * progress.fraction),
            is_playable=playback_of(video, as_draft=True) is not None,
            poll=progress.state == SourceState.PROCESSING or template == "progress.html",
        )


def _own_poster(draft: Video) -> Picture | None:
    """What the merchant uploaded to stand for it, rather than chose from its moments."""
    stills = {still.picture_id for still in draft.source.stills.all()}
    ours = {*stills, draft.source.poster_id}
    return draft.poster if draft.poster_id not in ours else None
