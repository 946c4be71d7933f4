"""What a merchant does with a video by one button each."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from cms import services as cms
from cms.rules import may_be_edited
from cms.selectors import review_of
from core.errors import ActionRefusedError
from media_pipeline.models import Picture, Video
from media_pipeline.selectors import draft_of, videos_of
from media_pipeline.services import (
    cancel_source,
    choose_poster,
    create_picture,
    delete_video,
    retry_source,
)
from workbench.forms.videos import PosterForm
from workbench.selectors import is_shared
from workbench.views.base import ActionView
from workbench.views.videos import VideoView


class VideoActionView(VideoView, ActionView):
    def next_url(self) -> str:
        return self.url("video", self.kwargs["uuid"])

    @property
    def video(self) -> Video:
        return self.video_or_404(self.kwargs["uuid"])


class SubmitVideoView(VideoActionView):
    def act(self) -> str:
        cms.submit(subject=self.video, user=self.user)
        return _("Sent to the editors. You will be told as soon as one of them has seen it.")


class WithdrawVideoView(VideoActionView):
    def act(self) -> str:
        cms.withdraw_submission(subject=self.video, user=self.user)
        return _("Taken back from the editors. You can change it again.")


class RetryVideoView(VideoActionView):
    def act(self) -> str:
        retry_source(source=self.video.source)
        return _("Trying again.")


class CancelVideoView(VideoActionView):
    def act(self) -> str:
        video = self.video
        if is_shared(video):
            raise ActionRefusedError(_("This can't be stopped any more."))
        cancel_source(source=video.source)
        return _("Stopped. Start it again whenever you like, or delete the video.")


class PosterView(VideoActionView):
    """The picture that stands for the video: one of its moments, an upload, or our choice."""

    def act(self) -> str:
        video = self.video
        if not may_be_edited(review_of(video).state):
            raise ActionRefusedError(_("An editor is looking at it. Take it back to change it."))
        form = PosterForm(self.request.POST, self.request.FILES)
        if not form.is_valid():
            raise ActionRefusedError(_("Choose one of the pictures, or a picture file."))
        choose_poster(video=video, user=self.user, picture=self.chosen(video, form))
        return _("This picture stands for it from now on.")

    def chosen(self, video: Video, form: PosterForm) -> Picture | None:
        if file := form.cleaned_data["picture"]:
            title = _("Poster of “%(title)s”") % {"title": video.title}
            return create_picture(merchant=self.merchant, file=file, title=title)
        choice = form.cleaned_data["still"]
        if not choice:
            return None
        if choice == PosterForm.OWN:
            return draft_of(video).poster
        still = video.source.stills.filter(pk=choice).first()
        if still is None:
            raise Http404
        return still.picture


class DeleteVideoView(VideoActionView):
    def act(self) -> str:
        video = self.video
        delete_video(video=video)
        return _("“%(title)s” is deleted.") % {"title": video.title}

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = super().post(request, *args, **kwargs)
        still_there = videos_of(self.merchant).filter(uuid=self.kwargs["uuid"]).exists()
        return response if still_there else redirect(self.url("videos"))
