"""A merchant's guides: the list, a new one, and the editor with what saves itself."""

import secrets

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from cms import services as cms
from cms.models import GuidePage, WantedGuide
from cms.rules import may_be_edited, may_submit, may_withdraw_submission
from cms.selectors import guides_of, review_of, reviews_of, wanted_for
from core.errors import ActionRefusedError
from workbench.errors import NewerVersionError
from workbench.forms.guides import GuideEditor, NewGuideForm, ScheduleForm
from workbench.selectors import version_of
from workbench.services import save_draft
from workbench.views.base import MerchantView

GUIDES_PER_PAGE = 30


class GuideListView(MerchantView):
    section = "guides"

    def get(self, request: HttpRequest) -> HttpResponse:
        page = Paginator(guides_of(self.merchant), GUIDES_PER_PAGE).get_page(
            request.GET.get("page")
        )
        reviews = reviews_of(page.object_list)
        rows = [(guide, reviews[guide]) for guide in page.object_list]
        return self.render("guides/list.html", page=page, rows=rows)


class NewGuideView(MerchantView):
    """A guide of the merchant's own idea, or one that shoppers look for."""

    section = "guides"

    def get(self, request: HttpRequest) -> HttpResponse:
        wanted = self.wanted(request.GET.get("wanted", ""))
        asked = {"title": wanted.title, "category": wanted.category} if wanted else {}
        return self.render("guides/new.html", form=NewGuideForm(initial=asked), wanted=wanted)

    def post(self, request: HttpRequest) -> HttpResponse:
        form = NewGuideForm(request.POST)
        wanted = self.wanted(request.POST.get("wanted", ""))
        if not form.is_valid():
            return self.render("guides/new.html", form=form, wanted=wanted)
        guide = cms.create_guide(merchant=self.merchant, user=self.user, **form.cleaned_data)
        if wanted:
            cms.answer_wanted_guide(wanted=wanted, guide=guide)
        return redirect(self.url("guide", guide.pk))

    def wanted(self, pk: str) -> WantedGuide | None:
        """What shoppers look for, where this merchant is asked for it still."""
        if not (pk.isascii() and pk.isdigit() and len(pk) < 19):
            return None
        return wanted_for(self.merchant).filter(pk=pk).first()


class GuideView(MerchantView):
    """A page about one of this merchant's guides."""

    section = "guides"

    def guide_or_404(self, pk: int) -> GuidePage:
        guide = (
            GuidePage.objects.filter(merchant=self.merchant, pk=pk)
            .select_related("latest_revision__user")
            .first()
        )
        if guide is None:
            raise Http404
        return guide

    def draft_of(self, guide: GuidePage) -> GuidePage:
        draft = guide.get_latest_revision_as_object()
        assert isinstance(draft, GuidePage)  # noqa: S101 - a guide's revisions are guides
        return draft


class WritingView(GuideView):
    """Saves what the editor's form posts."""

    def save(
        self, guide: GuidePage, editor: GuideEditor, *, keep_version: bool, force: bool = False
    ) -> str:
        """Save, and answer with the version that the page has seen from now on."""
        revision = save_draft(
            guide=guide,
            user=self.user,
            draft=editor.draft,
            seen_version="" if force else self.seen_version(guide),
            keep_version=keep_version,
        )
        guide.latest_revision = revision
        version = version_of(guide)
        self.request.session[self._memory(guide)] = [self.request.POST.get("window"), version]
        return version

    def seen_version(self, guide: GuidePage) -> str:
        """The version that this window was working on.

        Where the answer to its last save was lost on the way, the window doesn't know that it
        saved; the session does.
        """
        window, version = self.request.session.get(self._memory(guide), ("", ""))
        if window and window == self.request.POST.get("window"):
            return str(version)
        return self.request.POST.get("version") or "none"

    @staticmethod
    def _memory(guide: GuidePage) -> str:
        return f"guide-{guide.pk}"


class GuideEditView(WritingView):
    """The editor. Every button posts the whole form: it is saved, and then the button does its
    work, so that without JavaScript nothing typed is lost either."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        guide = self.guide_or_404(pk)
        return self.show(guide, GuideEditor(self.draft_of(guide), self.merchant))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        guide = self.guide_or_404(pk)
        operation = request.POST.get("op", "save")
        editor = GuideEditor(self.draft_of(guide), self.merchant, request.POST)
        place = editor.blocks.apply(operation)
        try:
            self.save(
                guide,
                editor,
                keep_version=operation in {"save", "submit"},
                force=operation == "overwrite",
            )
        except ActionRefusedError as error:
            messages.error(request, str(error))
            conflict = isinstance(error, NewerVersionError)
            return self.show(guide, editor, status=409, conflict=conflict)
        if editor.problems:
            messages.warning(request, _("Saved, but for what is marked below."))
            return self.show(guide, editor, status=422)
        return self.go_on(guide, operation, place)

    def go_on(self, guide: GuidePage, operation: str, place: str | None) -> HttpResponse:
        """What the button was for, after the saving."""
        address = self.url("guide", guide.pk)
        if place is not None:
            return redirect(f"{address}#{place}")
        if operation.startswith("insert:"):
            return redirect(f"{address}?insert_after={operation.rpartition(':')[2]}#palette")
        if operation == "preview":
            return redirect(self.url("guide_preview", guide.pk))
        if operation == "submit":
            return self.submit(guide)
        messages.success(self.request, _("Saved."))
        return redirect(address)

    def submit(self, guide: GuidePage) -> HttpResponse:
        editor = GuideEditor.of_saved(self.draft_of(guide), self.merchant)
        if editor.lacks_something:
            messages.error(
                self.request,
                _("Saved, but not sent to the editors yet: complete what is marked below first."),
            )
            return self.show(guide, editor, status=422)
        try:
            cms.submit(subject=guide, user=self.user)
        except ActionRefusedError as error:
            messages.error(self.request, str(error))
        else:
            messages.success(
                self.request,
                _("Sent to the editors. You will be told as soon as one of them has read it."),
            )
        return redirect(self.url("guide", guide.pk))

    def show(
        self, guide: GuidePage, editor: GuideEditor, status: int = 200, conflict: bool = False
    ) -> HttpResponse:
        review = review_of(guide)
        posted = self.request.POST
        version = version_of(guide) if not conflict else posted.get("version", "")
        return self.render(
            "guides/edit.html",
            status=status,
            guide=guide,
            editor=editor,
            review=review,
            version=version,
            window=posted.get("window") or secrets.token_urlsafe(9),
            conflict=conflict,
            schedule_form=ScheduleForm(
                initial={
                    "go_live_at": editor.guide.go_live_at,
                    "expire_at": editor.guide.expire_at,
                }
            ),
            insert_after=self.request.GET.get("insert_after", ""),
            may_edit=may_be_edited(review.state, scheduled=review.scheduled_for is not None),
            may_submit=may_submit(review.state),
            may_withdraw=may_withdraw_submission(review.state),
        )


class GuideAutosaveView(WritingView):
    """Saves while a person types. Answers in JSON; the page says what happened."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, pk: int) -> JsonResponse:
        guide = self.guide_or_404(pk)
        editor = GuideEditor(self.draft_of(guide), self.merchant, request.POST)
        try:
            version = self.save(guide, editor, keep_version=False)
        except ActionRefusedError as error:
            conflict = isinstance(error, NewerVersionError)
            return JsonResponse({"message": str(error), "conflict": conflict}, status=409)
        return JsonResponse(
            {
                "version": version,
                "saved_at": guide.latest_revision.created_at.isoformat(),
                "problems": editor.problems,
            }
        )
