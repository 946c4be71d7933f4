"""What machines ask for: crawlers and whatever watches over the site."""

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

CLOSED_TO_CRAWLERS = ("/accounts/", "/admin/", "/me/", "/merchant/", "/my/", "/search/")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        *(f"Disallow: {path}" for path in CLOSED_TO_CRAWLERS),
        # Of the pages of search, the one that is the same for everybody.
        f"Allow: {reverse('storefront:how')}",
        "",
        f"Sitemap: {settings.SITE_URL}{reverse('storefront:sitemap')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain")


@require_safe
@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """200 while this process can reach its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return HttpResponse("ok\n", content_type="text/plain")
