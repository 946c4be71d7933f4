"""What the pipeline is busy with, whose it is, and the buttons that move it."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from cms import services
from cms.choices import SubjectKind
from cms.forms import OverruleForm, QuotaForm
from cms.views.frame import EditorRequest, ModerationPage, carry_out, complain
from media_pipeline.choices import StepState
from media_pipeline.models import Source, Video
from media_pipeline.selectors import shares_of, work_at_hand
from media_pipeline.services import (
    cancel_source,
    remake_source,
    remove_quota,
    retry_source,
    set_quota,
)
from merchants.models import Merchant

MERCHANTS_PER_PAGE = 30


class MediaView(ModerationPage):
    """What runs, waits and has failed, whose it is, and within which limits."""

    page_title = gettext_lazy("Media at work")
    header_icon = "cogs"
    template_name = "cms/admin/media.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        merchants = Merchant.objects.filter(videos__isnull=False).distinct().order_by("name")
        page = Paginator(merchants, MERCHANTS_PER_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            work=work_at_hand(),
            page_obj=page,
            shares=shares_of(list(page.object_list)),
            limits=_limits(),
            **kwargs,
        )


@require_POST
def retry(request: EditorRequest, pk: int) -> HttpResponse:
    source = get_object_or_404(Source, pk=pk)
    carry_out(request, lambda: retry_source(source=source), _("It is being tried again."))
    return _back(request, source)


@require_POST
def retry_all(request: EditorRequest) -> HttpResponse:
    """Everything that has failed, as after a disk was full or a program was mended."""
    failed = Source.objects.filter(steps__state=StepState.FAILED).distinct()
    for source in failed:
        retry_source(source=source)
    sentence = ngettext("%d video is tried again.", "%d videos are tried again.", len(failed))
    messages.success(request, sentence % len(failed))
    return redirect("moderation:media")


@require_POST
def cancel(request: EditorRequest, pk: int) -> HttpResponse:
    source = get_object_or_404(Source, pk=pk)
    carry_out(request, lambda: cancel_source(source=source), _("Stopped."))
    return _back(request, source)


@require_POST
def remake(request: EditorRequest, pk: int) -> HttpResponse:
    source = get_object_or_404(Source.objects.prefetch_related("steps"), pk=pk)
    carry_out(
        request,
        lambda: remake_source(source=source),
        _("It is being made anew; what is there plays on until that is done."),
    )
    return _back(request, source)


@require_POST
def overrule(request: EditorRequest, pk: int) -> HttpResponse:
    video = get_object_or_404(Video.objects.select_related("source"), pk=pk)
    form = OverruleForm(video, request.POST)
    if form.is_valid():
        carry_out(
            request,
            lambda: services.overrule(
                findings=list(form.cleaned_data["findings"]),
                editor=request.user,
                reason=form.cleaned_data["reason"],
            ),
            _("It may stay, for the reason you gave."),
        )
    else:
        complain(request, form)
    return redirect("moderation:review", SubjectKind.VIDEO, pk)


@require_POST
def quota(request: EditorRequest, pk: int) -> HttpResponse:
    merchant = get_object_or_404(Merchant, pk=pk)
    form = QuotaForm(request.POST, prefix="quota")
    if not form.is_valid():
        complain(request, form)
        return redirect("moderation:merchant", pk)
    size, videos = form.size, form.cleaned_data["videos"]
    if size is None:
        carry_out(
            request,
            lambda: remove_quota(merchant=merchant),
            _("%(name)s may keep as much as everybody.") % {"name": merchant},
        )
    else:
        carry_out(
            request,
            lambda: set_quota(merchant=merchant, size=size, videos=videos),
            _("%(name)s has a quota of its own now.") % {"name": merchant},
        )
    return redirect("moderation:merchant", pk)


def _back(request: HttpRequest, source: Source) -> HttpResponse:
    """To the page that has the button: that of one video, or that of all."""
    chosen = request.POST.get("video", "")
    for video in source.videos.all():
        if str(video.pk) == chosen:
            return redirect("moderation:review", SubjectKind.VIDEO, video.pk)
    return redirect("moderation:media")


def _limits() -> list[tuple[str, str, object]]:
    """(what, unit, how much) of what each program that handles a file may use."""
    names = {
        "streams": (_("Streams in a file"), ""),
        "pixels": (_("Pixels in a picture"), ""),
        "frames": (_("Pictures in a video"), ""),
        "long_edge": (_("Pixels along its longer edge"), ""),
        "memory": (_("Memory while encoding"), "bytes"),
        "cpu_seconds": (_("Processor time while encoding, for each second of video"), "s"),
        "wall_seconds": (_("Time while encoding, for each second of video"), "s"),
        "output": (_("What it may write"), "bytes"),
        "probe_memory": (_("Memory while looking into a file"), "bytes"),
        "probe_cpu_seconds": (_("Processor time while looking into a file"), "s"),
        "probe_wall_seconds": (_("Time while looking into a file"), "s"),
    }
    return [
        (what, unit, settings.MEDIA_LIMITS[name])
        for name, (what, unit) in names.items()
        if name in settings.MEDIA_LIMITS
    ]
