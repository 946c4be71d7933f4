"""The results of a query, as shoppers see them, and what editors change in them."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from cms.views.frame import EditorRequest, ModerationPage, typed
from core.errors import ActionRefusedError
from search import editing
from search.engines.base import Hit
from search.query import MAX_TEXT, SearchQuery
from search.selectors import CuratedThing, curated_things, curation_of, curations
from search.services import search

KINDS = {
    "product": gettext_lazy("Product"),
    "guide": gettext_lazy("Guide"),
    "video": gettext_lazy("Video"),
    "audition": gettext_lazy("Audition"),
}
OFFERED = 8
"""What a search for something to add shows."""

DONE = {
    "first": gettext_lazy("“%(title)s” comes first."),
    "up": gettext_lazy("“%(title)s” is one place higher."),
    "down": gettext_lazy("“%(title)s” is one place lower."),
    "last": gettext_lazy("“%(title)s” comes last."),
    "free": gettext_lazy("“%(title)s” stands where search itself puts it."),
}
_ACTIONS = {
    "first": lambda thing: editing.put_first(**thing),
    "up": lambda thing: editing.move(**thing, up=True),
    "down": lambda thing: editing.move(**thing, up=False),
    "last": lambda thing: editing.bury(**thing),
    "free": lambda thing: editing.let_go(**thing),
}


class ChangeForm(forms.Form):
    """One button beside one result."""

    q = forms.CharField(max_length=MAX_TEXT)
    find = forms.CharField(max_length=MAX_TEXT, required=False)
    kind = forms.SlugField(max_length=20)
    object_id = forms.IntegerField(min_value=1, max_value=2**63 - 1)
    title = forms.CharField(max_length=255, required=False)
    do = forms.ChoiceField(choices=[(do, do) for do in ("first", "up", "down", "last", "free")])


class CurationView(ModerationPage):
    """Without a query, those that editors changed something in."""

    page_title = gettext_lazy("Results for a query")
    header_icon = "thumbtack"
    template_name = "cms/admin/search_results.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        text = typed(self.request, "q")
        context = _of_query(text, typed(self.request, "find")) if text else {}
        page = Paginator(curations(), 50).get_page(self.request.GET.get("page"))
        return super().get_context_data(page_obj=page, text=text, kinds=KINDS, **context, **kwargs)


@require_POST
def change(request: EditorRequest) -> HttpResponse:
    """Put a result first, move it among those, bury it, or let it go."""
    form = ChangeForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("That could not be done."))
        return redirect("moderation:search_results")
    said = form.cleaned_data
    thing = {"text": said["q"], "kind": said["kind"], "object_id": said["object_id"]}
    title = said["title"] or f"{said['kind']} {said['object_id']}"
    try:
        curation = _ACTIONS[said["do"]](thing)
    except ActionRefusedError as refusal:
        messages.error(request, str(refusal))
        place = ""
    else:
        log(curation, "search.curate", data={"do": said["do"], "title": title})
        messages.success(request, DONE[said["do"]] % {"title": title})
        # So that the next press of Tab goes on from there.
        place = f"#{said['kind']}-{said['object_id']}"
    kept = {name: said[name] for name in ("q", "find") if said[name]}
    return redirect(f"{reverse('moderation:search_results')}?{urlencode(kept)}{place}")


def _of_query(text: str, find: str) -> dict[str, Any]:
    results = search(SearchQuery(text=text))
    things = curated_things(text)
    curation = curation_of(text)
    return {
        "results": results,
        "first": [thing for thing in things if not thing.buried],
        "last": [thing for thing in things if thing.buried],
        "rest": _without(results.hits, things),
        "find": find,
        "offered": _offered(find, things) if find else None,
        "changes": ModelLogEntry.objects.for_instance(curation)[:10] if curation else (),
    }


def _offered(find: str, things: list[CuratedThing]) -> list[Hit]:
    results = search(SearchQuery(text=find, per_page=OFFERED))
    return [] if results.nothing else _without(results.hits, things)


def _without(hits: tuple[Hit, ...], things: list[CuratedThing]) -> list[Hit]:
    """Those that nobody put first or last."""
    curated = {(thing.kind, thing.object_id) for thing in things}
    return [hit for hit in hits if (hit.kind, hit.object_id) not in curated]
