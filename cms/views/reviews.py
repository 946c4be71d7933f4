"""One guide or video, with what an editor needs to decide on it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.models import Revision

from cms import rules, selectors, services
from cms.checks import checks_of_guide, checks_of_video
from cms.choices import SubjectKind
from cms.forms import ApprovalForm, ReasonForm
from cms.models import GuidePage
from cms.selectors import Subject
from cms.views.frame import EditorRequest, ModerationPage, carry_out, complain
from core.errors import ActionRefusedError
from media_pipeline import ladder
from media_pipeline.captions import transcripts_of
from media_pipeline.chapters import chapters_of
from media_pipeline.models import Video
from media_pipeline.selectors import (
    draft_of,
    life_of,
    playback_of,
    progress_of,
    with_life,
    with_media,
)
from media_pipeline.wording import remarks_on, words_of
from products.models import Product


def subject_or_404(kind: str, pk: int) -> Subject | Product:
    if kind == SubjectKind.GUIDE:
        return get_object_or_404(GuidePage.objects.select_related("merchant", "category"), pk=pk)
    if kind == SubjectKind.VIDEO:
        return get_object_or_404(with_life(with_media(Video.objects.all())), pk=pk)
    if kind == SubjectKind.PRODUCT:
        return get_object_or_404(Product.objects.select_related("merchant", "category"), pk=pk)
    raise Http404


def reviewable_or_404(kind: str, pk: int) -> Subject:
    subject = subject_or_404(kind, pk)
    if isinstance(subject, Product):
        raise Http404
    return subject


class ReviewView(ModerationPage):
    above = (("moderation:queue", gettext_lazy("Moderation queue")),)

    def get_page_title(self) -> str:
        return str(self.draft)

    def get_template_names(self) -> list[str]:
        return [f"cms/admin/review_{self.kwargs['kind']}.html"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.subject = reviewable_or_404(kwargs["kind"], kwargs["pk"])
        # What is decided on is the latest version, not what is public now.
        self.draft = (
            draft_of(self.subject)
            if isinstance(self.subject, Video)
            else self.subject.get_latest_revision_as_object()
        )
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        review = selectors.review_of(self.subject)
        revision = {"revision": self.subject.latest_revision_id}
        about = self._about_guide() if isinstance(self.subject, GuidePage) else self._about_video()
        return super().get_context_data(**kwargs) | {
            "subject": self.subject,
            "draft": self.draft,
            "review": review,
            "may_decide": rules.may_be_decided(review.state),
            "approval_form": ApprovalForm(initial=revision, prefix="approve"),
            "reason_form": ReasonForm(initial=revision, prefix="send-back"),
            **about,
        }

    def _about_guide(self) -> dict[str, Any]:
        return {
            "checks": checks_of_guide(self.draft),
            "preview_url": reverse(
                "wagtailadmin_pages:revisions_view",
                args=[self.subject.pk, self.subject.latest_revision_id],
            )
            if self.subject.latest_revision_id
            else "",
        }

    def _about_video(self) -> dict[str, Any]:
        return {
            "checks": checks_of_video(self.subject),
            "playback": playback_of(self.draft, as_draft=True),
            "chapters": chapters_of(self.draft.chapters),
            "transcripts": transcripts_of(self.draft.captions, first=get_language()),
            "progress": progress_of(self.subject),
            "life": life_of(self.subject, is_editor=True),
            "remarks": remarks_on(*words_of(self.draft)),
            "held_by": self.subject.source.held_by,
            "is_outdated": self.subject.source.profile not in {None, ladder.PROFILE},
        }


@require_POST
def approve(request: EditorRequest, kind: str, pk: int) -> HttpResponse:
    subject = reviewable_or_404(kind, pk)
    form = ApprovalForm(request.POST, prefix="approve")
    if not form.is_valid():
        complain(request, form)
        return redirect("moderation:review", kind, pk)
    done = carry_out(
        request,
        lambda: services.approve(
            subject=subject,
            editor=request.user,
            comment=form.cleaned_data["comment"],
            revision=Revision.objects.filter(pk=form.cleaned_data["revision"]).first(),
        ),
        _("“%(title)s” is approved.") % {"title": subject},
    )
    return redirect("moderation:queue") if done else redirect("moderation:review", kind, pk)


@require_POST
def send_back(request: EditorRequest, kind: str, pk: int) -> HttpResponse:
    subject = reviewable_or_404(kind, pk)
    form = ReasonForm(request.POST, prefix="send-back")
    if not form.is_valid():
        complain(request, form)
        return redirect("moderation:review", kind, pk)
    done = carry_out(
        request,
        lambda: services.send_back(
            subject=subject,
            editor=request.user,
            reason=form.cleaned_data["reason"],
            revision=Revision.objects.filter(pk=form.cleaned_data["revision"]).first(),
        ),
        _("“%(title)s” went back to its merchant with your reason.") % {"title": subject},
    )
    return redirect("moderation:queue") if done else redirect("moderation:review", kind, pk)


class TakeDownView(ModerationPage):
    """Asks for the reason, and says what will happen."""

    page_title = gettext_lazy("Take down")
    header_icon = "warning"
    template_name = "cms/admin/take_down.html"
    above = (("moderation:take_downs", gettext_lazy("Take-downs")),)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"form": ReasonForm(), **kwargs}) | {
            "kind": SubjectKind(self.kwargs["kind"]),
            "subject": subject_or_404(self.kwargs["kind"], self.kwargs["pk"]),
        }

    def post(self, request: EditorRequest, kind: str, pk: int) -> HttpResponse:
        subject = subject_or_404(kind, pk)
        form = ReasonForm(request.POST)
        if form.is_valid():
            try:
                services.take_down(
                    subject=subject, editor=request.user, reason=form.cleaned_data["reason"]
                )
            except ActionRefusedError as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(
                    request, _("“%(title)s” is down. Nobody can see it.") % {"title": subject}
                )
                return redirect("moderation:take_downs")
        return self.render_to_response(self.get_context_data(form=form), status=422)
