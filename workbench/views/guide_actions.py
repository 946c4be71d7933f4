"""What else can be done with a guide: see it, go back, schedule, withdraw, delete."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_sameorigin
from wagtail.models import Revision

from cms import services as cms
from cms.models import GuidePage
from cms.selectors import review_of, versions_of
from workbench.forms.guides import ScheduleForm
from workbench.views.base import ActionView
from workbench.views.guides import GuideView

VERSIONS_PER_PAGE = 30


class GuidePreviewView(GuideView):
    """The draft in a frame, at the width of a desk or of a phone."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        guide = self.guide_or_404(pk)
        return self.render(
            "guides/preview.html", guide=self.draft_of(guide), address="guide_preview_page"
        )


@method_decorator(xframe_options_sameorigin, name="dispatch")
class GuidePreviewPageView(GuideView):
    """The draft as shoppers will see it: Wagtail's own preview, for members only."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        draft = self.draft_of(self.guide_or_404(pk))
        return draft.make_preview_request(request, draft.default_preview_mode)


class GuideVersionsView(GuideView):
    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        guide = self.guide_or_404(pk)
        page = Paginator(versions_of(guide), VERSIONS_PER_PAGE).get_page(request.GET.get("page"))
        return self.render("guides/versions.html", guide=guide, page=page)


class VersionView(GuideView):
    """A page about one version of one of this merchant's guides."""

    def version_or_404(self, guide: GuidePage, revision_id: int) -> Revision:
        revision = Revision.objects.for_instance(guide).filter(pk=revision_id).first()
        if revision is None:
            raise Http404
        return revision


class GuideVersionView(VersionView):
    """An earlier version as it looked."""

    def get(self, request: HttpRequest, pk: int, revision_id: int) -> HttpResponse:
        guide = self.guide_or_404(pk)
        revision = self.version_or_404(guide, revision_id)
        return self.render("guides/version.html", guide=guide, revision=revision)


@method_decorator(xframe_options_sameorigin, name="dispatch")
class GuideVersionPageView(VersionView):
    def get(self, request: HttpRequest, pk: int, revision_id: int) -> HttpResponse:
        revision = self.version_or_404(self.guide_or_404(pk), revision_id)
        page = revision.as_object()
        return page.make_preview_request(request, page.default_preview_mode)


class GuideActionView(GuideView, ActionView):
    """A button about one guide; goes back to the guide."""

    def next_url(self) -> str:
        return self.url("guide", self.kwargs["pk"])

    @property
    def guide(self) -> GuidePage:
        return self.guide_or_404(self.kwargs["pk"])


class RestoreVersionView(GuideActionView, VersionView):
    def act(self) -> str:
        guide = self.guide
        revision = self.version_or_404(guide, self.kwargs["revision_id"])
        cms.restore_version(guide=guide, revision=revision, user=self.user)
        return _("The earlier version is your draft again. What came after it is still listed.")


class WithdrawGuideView(GuideActionView):
    def act(self) -> str:
        cms.withdraw_submission(subject=self.guide, user=self.user)
        return _("Taken back from the editors. You can change it again.")


class DeleteGuideView(GuideActionView):
    def act(self) -> str:
        guide = self.guide
        cms.delete_guide(guide=guide, user=self.user)
        return _("“%(title)s” is deleted.") % {"title": guide.title}

    def next_url(self) -> str:
        return self.url("guides")


class ScheduleGuideView(GuideActionView):
    """Says when the guide is to go public, and when it is to go again."""

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        self.form = ScheduleForm(request.POST)
        if self.form.is_valid():
            return super().post(request)
        for message in self.form.errors.values():
            messages.error(request, " ".join(map(str, message)))
        return redirect(self.next_url())

    def act(self) -> str:
        guide = self.guide
        dates = self.form.cleaned_data
        cms.schedule_guide(guide=guide, user=self.user, **dates)
        if dates["go_live_at"] is None:
            return _("The guide goes public as soon as an editor approves it.")
        if review_of(guide).scheduled_for:
            return _("The guide goes public on the new date.")
        return _("Once approved, the guide goes public on that date.")
