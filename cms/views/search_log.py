"""What people search and do not find, and the guides that are missing for it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cms import services
from cms.forms import MissingGuideForm
from cms.models import WantedGuide
from cms.selectors import wanted_guides
from cms.views.frame import EditorRequest, ModerationPage, carry_out, typed
from core.errors import ActionRefusedError
from products.models import Category
from search.curation import query_key
from search.query import SearchQuery
from search.query_log import is_shown_to_others, searches_since
from search.selectors import curations
from search.services import search

PERIODS = (7, 30, 90)
"""Days."""
QUERIES_PER_PAGE = 50


class SearchLogView(ModerationPage):
    """The queries of the last days, and by how many visitors."""

    page_title = gettext_lazy("What people search")
    header_icon = "search"
    template_name = "cms/admin/search_log.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.request.GET
        days = next((n for n in PERIODS if str(n) == asked.get("days")), PERIODS[1])
        missed = asked.get("show") == "missed"
        rows = searches_since(days, missed=missed)
        page = Paginator(rows, QUERIES_PER_PAGE).get_page(asked.get("page"))
        keys = [row["key"] for row in page.object_list]
        return super().get_context_data(
            page_obj=page,
            days=days,
            periods=PERIODS,
            missed=missed,
            curated=set(curations().filter(key__in=keys).values_list("key", flat=True)),
            wanted=_wanted_keys(),
            **kwargs,
        )


class MissingGuideView(ModerationPage):
    """From a query that finds nothing to the guide that is missing."""

    page_title = gettext_lazy("Missing guide")
    header_icon = "doc-empty"
    template_name = "cms/admin/search_missing.html"
    above = (("moderation:search_log", gettext_lazy("What people search")),)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        text = typed(self.request, "q")
        found = search(SearchQuery(text=text, kinds=("guide",), per_page=3))
        suggested = {
            "query": text,
            "title": text[:1].upper() + text[1:],
            "category": _likely_category(text),
        }
        return super().get_context_data(
            **{"form": MissingGuideForm(initial=suggested), **kwargs},
            text=text,
            found=found,
            may_ask=is_shown_to_others(text),
            is_asked=query_key(text) in _wanted_keys(),
        )

    def post(self, request: EditorRequest) -> HttpResponse:
        form = MissingGuideForm(request.POST)
        if form.is_valid():
            try:
                return self._do(form.cleaned_data, request)
            except ActionRefusedError as refusal:
                form.add_error(None, str(refusal))
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def _do(self, said: dict[str, Any], request: EditorRequest) -> HttpResponse:
        if said["do"] == MissingGuideForm.WRITE:
            guide = services.create_guide(
                merchant=None,
                user=request.user,
                category=said["category"],
                title=said["title"],
            )
            return redirect("wagtailadmin_pages:edit", guide.pk)
        asked = {name: said[name] for name in ("query", "title", "category", "note")}
        services.want_guide(editor=request.user, **asked)
        messages.success(request, _("Merchants read it on the first page of their workbench."))
        return redirect("moderation:wanted_guides")


class WantedGuideListView(ModerationPage):
    page_title = gettext_lazy("Wanted guides")
    header_icon = "help"
    template_name = "cms/admin/search_wanted.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(wanted_guides(), 30).get_page(self.request.GET.get("page"))
        return super().get_context_data(page_obj=page, **kwargs)


@require_POST
def close_wanted(request: EditorRequest, pk: int) -> HttpResponse:
    wanted = get_object_or_404(WantedGuide, pk=pk)
    carry_out(
        request,
        lambda: services.close_wanted_guide(wanted=wanted, editor=request.user),
        _("Merchants are asked for “%(title)s” no more.") % {"title": wanted},
    )
    return redirect("moderation:wanted_guides")


def _wanted_keys() -> set[str]:
    asked = WantedGuide.objects.filter(closed_at=None).values_list("query", flat=True)
    return {query_key(query) for query in asked}


def _likely_category(text: str) -> Category | None:
    """Where most of what comes nearest stands."""
    results = search(SearchQuery(text=text, per_page=1))
    if results.nothing:
        return None
    found = [facet.values for facet in results.facets if facet.name == "category"]
    slugs = [value.value for values in found for value in values]
    return Category.objects.filter(slug__in=slugs[:1]).first()
