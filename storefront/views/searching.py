from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from search.query import SearchQuery
from search.services import search as find
from search.services import suggest as complete
from storefront.listing import Listing
from storefront.views.refusals import answers_bad_queries

SUGGESTIONS = 8


@require_safe
@answers_bad_queries
def search(request: HttpRequest) -> HttpResponse:
    query = SearchQuery.from_params(request.GET)
    listing = Listing.of(query, find(query))
    context = {"listing": listing, "search_text": query.text}
    return render(request, "storefront/search.html", context)


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """The list below the search box, as HTML; empty where there is nothing to suggest."""
    suggestions = complete(request.GET.get("q", ""), SUGGESTIONS)
    return render(request, "storefront/suggestions.html", {"suggestions": suggestions})


@require_safe
@answers_bad_queries
def selected(request: HttpRequest) -> HttpResponse:
    """What shoppers have chosen, ranked by how clearly they chose it."""
    query = replace(SearchQuery.from_params(request.GET), selected=True, kinds=("product",))
    listing = Listing.of(query, find(query), fixed=("selected", "kind"))
    return render(request, "storefront/selected.html", {"listing": listing})
