from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from search.query import MAX_TEXT, BadQueryError

View = Callable[..., HttpResponse]


def answers_bad_queries(view: View) -> View:
    """An address that asks for a search that can't be done gets a page that says why: 400."""

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except BadQueryError as error:
            context = {
                "error": error,
                "search_text": request.GET.get("q", "")[:MAX_TEXT],
                "without": _without(request, error.field),
            }
            return render(request, "storefront/bad_query.html", context, status=400)

    return answer


def _without(request: HttpRequest, field: str) -> str:
    """The same page's address, but for what is wrong in it."""
    params = request.GET.copy()
    params.pop(field, None)
    return f"{request.path}?{params.urlencode()}"
