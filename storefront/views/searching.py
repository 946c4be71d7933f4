from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from search.query import MAX_TEXT, BadQueryError, SearchQuery
from search.services import SHARES, explain, note_search
from search.services import search as find
from search.services import suggest as complete
from storefront.completions import grouped
from storefront.explaining import account_of, what_raises
from storefront.listing import Listing
from storefront.selectors import attributes_to_filter_by
from storefront.viewers import visitor_of
from storefront.views.refusals import answers_bad_queries

SUGGESTIONS = sum(SHARES.values())
"""Enough for every kind to have its share."""


@require_safe
@answers_bad_queries
def search(request: HttpRequest) -> HttpResponse:
    query = SearchQuery.from_params(request.GET)
    attributes = attributes_to_filter_by(query.category)
    query = replace(query, attribute_facets=tuple(one.key for one in attributes))
    results = find(query)
    listing = Listing.of(query, results, attributes=attributes)
    context = {"listing": listing, "search_text": query.text}
    response = render(request, "storefront/search.html", context)
    if query.text and query.page == 1 and not query.is_filtered:
        # What the database finds while search is away says little of what is there.
        exact = bool(results.total) and not results.nearest
        note_search(query.text, exact=exact or results.reduced, visitor=visitor_of(request))
    return response


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """The list below the search box, as HTML; empty where there is nothing to suggest."""
    typed = request.GET.get("q", "")[:MAX_TEXT]
    groups = grouped(complete(typed, SUGGESTIONS), typed=typed)
    count = sum(len(group.options) for group in groups)
    context = {
        "groups": groups,
        "said": ngettext("%(count)d suggestion", "%(count)d suggestions", count) % {"count": count},
    }
    return render(request, "storefront/suggestions.html", context)


@require_safe
@answers_bad_queries
def selected(request: HttpRequest) -> HttpResponse:
    """What shoppers have chosen, ranked by how clearly they chose it."""
    query = replace(SearchQuery.from_params(request.GET), selected=True, kinds=("product",))
    listing = Listing.of(query, find(query), fixed=("selected", "kind"))
    return render(request, "storefront/selected.html", {"listing": listing})


@require_safe
@answers_bad_queries
def why(request: HttpRequest) -> HttpResponse:
    """Why one thing stands where it does among the results of a search."""
    query = SearchQuery.from_params(request.GET)
    kind, object_id = _thing(request.GET.get("of", ""))
    explanation = explain(query, kind=kind, object_id=object_id)
    if explanation is None:
        raise Http404(_("This is not among the results of that search."))
    context = {
        "query": query,
        "search_text": query.text,
        "hit": explanation.hit,
        "account": account_of(explanation, query),
    }
    return render(request, "storefront/why.html", context)


@require_safe
def how(request: HttpRequest) -> HttpResponse:
    """How results are ordered, for whoever wants to know; shoppers and merchants read the same."""
    return render(request, "storefront/how.html", {"parts": what_raises()})


def _thing(written: str) -> tuple[str, int]:
    kind, _dash, number = written.rpartition("-")
    if not (kind and number.isascii() and number.isdigit() and len(number) < 18):
        raise BadQueryError("of", _("Say which result: its kind and number, as in product-12."))
    return kind, int(number)
