from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from storefront.selectors import my_page

VOTES_PER_PAGE = 30


@require_safe
@login_required
def my(request: HttpRequest) -> HttpResponse:
    page = my_page(request.user)  # type: ignore[arg-type]  # login_required: a User
    votes = Paginator(page.votes, VOTES_PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "storefront/my.html", {"page": page, "votes": votes})
