"""Auditions: opened and edited by editors."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cms.forms import ReasonForm, RoundForm
from cms.selectors import entries_for_editors, rounds_for_editors
from cms.views.frame import EditorRequest, ModerationPage, carry_out, complain
from core.errors import ActionRefusedError
from selection.models import Entry, Round
from selection.services import edit_round, open_round, set_entry_aside


class RoundListView(ModerationPage):
    page_title = gettext_lazy("Auditions")
    header_icon = "calendar-alt"
    template_name = "cms/admin/rounds.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(rounds=rounds_for_editors(), **kwargs)


class RoundView(ModerationPage):
    """A new audition, or one that is there, with its entries. Never its votes: nobody sees how
    a round stands before it closes."""

    header_icon = "calendar-alt"
    template_name = "cms/admin/round.html"
    above = (("moderation:rounds", gettext_lazy("Auditions")),)

    def get_page_title(self) -> str:
        return self.round.title if self.round else _("New audition")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        pk = kwargs.get("pk")
        self.round = get_object_or_404(Round, pk=pk) if pk else None
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            round=self.round,
            entries=entries_for_editors(self.round) if self.round else [],
            reason_form=ReasonForm(prefix="aside"),
            **{"form": RoundForm(instance=self.round), **kwargs},
        )

    def post(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        form = RoundForm(request.POST, instance=Round.objects.get(pk=pk) if pk else None)
        if form.is_valid():
            try:
                saved = self._save(form)
            except ActionRefusedError as refusal:
                form.add_error(None, str(refusal))
            else:
                messages.success(request, _("“%(title)s” is saved.") % {"title": saved})
                return redirect("moderation:round", saved.pk)
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def _save(self, form: RoundForm) -> Round:
        if self.round is None:
            return open_round(**form.cleaned_data)
        return edit_round(
            round=self.round, **{name: form.cleaned_data[name] for name in form.changed_data}
        )


@require_POST
def set_aside(request: EditorRequest, pk: int, entry_pk: int) -> HttpResponse:
    entry = get_object_or_404(Entry, pk=entry_pk, round_id=pk)
    form = ReasonForm(request.POST, prefix="aside")
    if not form.is_valid():
        complain(request, form)
        return redirect("moderation:round", pk)
    carry_out(
        request,
        lambda: set_entry_aside(
            entry=entry, editor=request.user, reason=form.cleaned_data["reason"]
        ),
        _("“%(title)s” is set aside.") % {"title": entry.product},
    )
    return redirect("moderation:round", pk)
