from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from accounts.models import User
from selection.choices import Choice, RoundState
from selection.errors import VoteRefusedError
from selection.models import Entry
from selection.selectors import rounds_for_listing
from selection.services import cast_vote, take_back_vote
from storefront.forms import TAKE_BACK, VoteForm
from storefront.related import related_to
from storefront.selectors import EntryPage, audition_page, entry_page, vote_progress
from storefront.viewers import keep_seat, viewer_of

ROUNDS_PER_PAGE = 20
RELATED_GUIDES = 3


class HtmxRequest(HttpRequest):
    """As django_htmx's middleware leaves it."""

    htmx: HtmxDetails


@require_safe
def auditions(request: HttpRequest) -> HttpResponse:
    rounds = Paginator(rounds_for_listing(), ROUNDS_PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "storefront/auditions.html", {"rounds": rounds})


@require_safe
def audition(request: HttpRequest, slug: str) -> HttpResponse:
    page = audition_page(slug, viewer=viewer_of(request), user=_shopper(request))
    if page is None:
        raise Http404(_("There is no such audition."))
    shown = [("product", one.entry.product_id) for one in page.standings]
    kinds = ("guide", "product", "audition")
    related = related_to(
        "audition", page.round.pk, kinds=kinds, shown=shown, within=page.round.category.slug
    )
    context = {"page": page, "related": related}
    response = render(request, "storefront/audition.html", context)
    keep_seat(request, response)
    return response


@require_safe
def entry(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    page = _entry_page_or_404(request, slug, pk)
    intended = request.GET.get("choice", "")
    response = _render_entry(
        request, page, {"intended": intended if intended in Choice.values else ""}
    )
    keep_seat(request, response)
    return response


@require_POST
def vote(request: HtmxRequest, slug: str, pk: int) -> HttpResponse:
    """Save, change or take back a vote. With htmx the answer is the entry's two thumbs, in their
    new state; without, the page that the shopper was on."""
    form = VoteForm(request.POST)
    shopper = _shopper(request)
    if shopper is None:
        return _to_sign_in(request, slug, pk)
    page = _entry_page_or_404(request, slug, pk)
    try:
        _stand(form, page.standing.entry, shopper)
    except VoteRefusedError as refusal:
        return _refused(request, page, str(refusal))
    if request.htmx:
        return _render_vote(request, _entry_page_or_404(request, slug, pk), {})
    messages.success(request, _saved_words(form))
    return HttpResponseRedirect(f"{_back_to(request, page)}#vote-{pk}")


def _stand(form: VoteForm, entry: Entry, shopper: User) -> None:
    if not form.is_valid():
        raise VoteRefusedError(_("Choose yes or no."))
    key = form.cleaned_data["key"]
    choice = form.cleaned_data["choice"]
    if choice == TAKE_BACK:
        take_back_vote(entry=entry, shopper=shopper, key=key)
        return
    comment = form.cleaned_data["comment"]
    cast_vote(entry=entry, shopper=shopper, choice=choice, comment=comment, key=key)


def _refused(request: HtmxRequest, page: EntryPage, sentence: str) -> HttpResponse:
    """The same thumbs or page again, with the sentence and what the shopper had written."""
    context: dict[str, object] = {"refusal": sentence, "comment": request.POST.get("comment", "")}
    if request.htmx:
        return _render_vote(request, page, context, status=422)
    return _render_entry(request, page, context, status=422)


def _render_vote(
    request: HttpRequest, page: EntryPage, context: dict[str, object], status: int = 200
) -> HttpResponse:
    context |= {
        "round": page.round,
        "standing": page.standing,
        "is_compact": request.POST.get("panel") == "compact",
        **_progress(request, page),
    }
    return render(request, "storefront/vote_answer.html", context, status=status)


def _render_entry(
    request: HttpRequest, page: EntryPage, context: dict[str, object], status: int = 200
) -> HttpResponse:
    entry = page.standing.entry
    # Nothing that is for sale: whoever votes is not led away to what others offer.
    related = related_to(
        "product",
        entry.product_id,
        kinds=("guide",),
        shown=[("guide", entry.guide_id)] if entry.guide_id else (),
        most=RELATED_GUIDES,
        within=page.round.category.slug,
    )
    context |= {"page": page, "related": related, **_progress(request, page)}
    return render(request, "storefront/entry.html", context, status=status)


def _progress(request: HttpRequest, page: EntryPage) -> dict[str, int]:
    """How far the shopper is in an open round."""
    shopper = _shopper(request)
    if shopper is None or page.round.state != RoundState.OPEN:
        return {}
    judged, total = vote_progress(page.round, shopper)
    return {"judged": judged, "total": total}


def _entry_page_or_404(request: HttpRequest, slug: str, pk: int) -> EntryPage:
    page = entry_page(slug, pk, viewer=viewer_of(request), user=_shopper(request))
    if page is None:
        raise Http404(_("There is no such entry."))
    return page


def _shopper(request: HttpRequest) -> User | None:
    return request.user if request.user.is_authenticated else None


def _to_sign_in(request: HtmxRequest, slug: str, pk: int) -> HttpResponse:
    """Signed in, the shopper comes back to the entry with the choice made ready to confirm."""
    choice = request.POST.get("choice", "")
    here = resolve_url("storefront:entry", slug=slug, pk=pk)
    if choice in Choice.values:
        here = f"{here}?choice={choice}"
    response = redirect_to_login(here)
    return HttpResponseClientRedirect(response.url) if request.htmx else response


def _back_to(request: HttpRequest, page: EntryPage) -> str:
    if request.POST.get("panel") == "compact":
        return page.round.get_absolute_url()
    return page.standing.entry.get_absolute_url()


def _saved_words(form: VoteForm) -> str:
    if form.cleaned_data["choice"] == TAKE_BACK:
        return _("Your vote was taken back.")
    return _("Your vote is saved.")
