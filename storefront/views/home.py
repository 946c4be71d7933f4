from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from storefront.selectors import home_page


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return render(request, "storefront/home.html", {"page": home_page()})
