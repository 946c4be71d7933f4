"""Auditions from a merchant's side: what can be entered, what is in, how it came out."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from core.errors import ActionRefusedError
from selection.models import Entry, Round
from selection.rules import may_enter, may_withdraw
from selection.selectors import entries_of, report_for, rounds_for_listing, rounds_to_enter
from selection.services import enter_round, withdraw_entry
from workbench.forms.auditions import EntryForm
from workbench.views.base import ActionView, MerchantView


class AuditionListView(MerchantView):
    section = "auditions"

    def get(self, request: HttpRequest) -> HttpResponse:
        fitting = list(rounds_to_enter(self.merchant))
        others = [
            round
            for round in rounds_for_listing().filter(closed_at=None)
            if may_enter(round) and round not in fitting
        ]
        entries = entries_of(self.merchant).select_related("result")
        return self.render(
            "auditions/list.html", fitting=fitting, others=others, entries=list(entries)
        )


class EnterRoundView(MerchantView):
    section = "auditions"

    def round_or_404(self, slug: str) -> Round:
        round = Round.objects.filter(slug=slug).select_related("category").first()
        if round is None or not may_enter(round):
            raise Http404
        return round

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        round = self.round_or_404(slug)
        return self.show(round, EntryForm(round=round, merchant=self.merchant))

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        round = self.round_or_404(slug)
        form = EntryForm(request.POST, round=round, merchant=self.merchant)
        if not form.is_valid():
            return self.show(round, form, status=422)
        try:
            entry = enter_round(round=round, user=self.user, **form.cleaned_data)
        except ActionRefusedError as error:
            form.add_error(None, str(error))
            return self.show(round, form, status=422)
        messages.success(
            request,
            _("“%(product)s” is in “%(round)s”. You will be told how it came out.")
            % {"product": entry.product.title, "round": round.title},
        )
        return redirect(self.url("auditions"))

    def show(self, round: Round, form: EntryForm, status: int = 200) -> HttpResponse:
        return self.render("auditions/enter.html", round=round, form=form, status=status)


class EntryView(MerchantView):
    """One of the merchant's entries, and after the close how it came out."""

    section = "auditions"

    def entry_or_404(self, pk: int) -> Entry:
        entry = entries_of(self.merchant).filter(pk=pk).first()
        if entry is None:
            raise Http404
        return entry

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        entry = self.entry_or_404(pk)
        report = report_for(entry)
        result = report.result if report else None
        votes = result.yes + result.no if result else 0
        return self.render(
            "auditions/entry.html",
            entry=entry,
            report=report,
            votes=votes,
            yes_percent=round(100 * result.yes / votes) if result and votes else 0,
            may_withdraw=may_withdraw(entry.round) and entry.state == "entered",
        )


class WithdrawEntryView(EntryView, ActionView):
    def act(self) -> str:
        entry = self.entry_or_404(self.kwargs["pk"])
        withdraw_entry(entry=entry, user=self.user)
        return _("“%(product)s” is out of the audition.") % {"product": entry.product.title}

    def next_url(self) -> str:
        return self.url("auditions")
