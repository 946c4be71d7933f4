"""Who looks at a page, as far as the page needs to know."""

import re
import secrets

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from selection.exposure import anonymous_viewer, user_viewer

COOKIE = "seat"
COOKIE_AGE = 60 * 60 * 24 * 90  # seconds: longer than a round
_TOKEN = re.compile(r"[\w-]{22}")


def viewer_of(request: HttpRequest) -> str:
    """The viewer that selection/exposure.py orders entries for: the person, or who holds this
    browser's token. The token says nothing of anybody and is no session."""
    if request.user.is_authenticated:
        return user_viewer(request.user.pk)
    return anonymous_viewer(_token(request))


def visitor_of(request: HttpRequest) -> str:
    """What tells visitors apart well enough to count them: the person, or where the request comes
    from. A browser's token would not do: who keeps none would be new with every request."""
    if request.user.is_authenticated:
        return user_viewer(request.user.pk)
    try:
        return str(get_adapter(request).get_client_ip(request))
    except PermissionDenied:  # where it comes from can't be told: no reason to search nothing
        return ""


def keep_seat(request: HttpRequest, response: HttpResponse) -> None:
    """Give an anonymous browser its token, so that the next page has the same order."""
    if request.user.is_authenticated or request.COOKIES.get(COOKIE) == _token(request):
        return
    response.set_cookie(
        COOKIE,
        _token(request),
        max_age=COOKIE_AGE,
        secure=request.is_secure(),
        httponly=True,
        samesite="Lax",
    )


def _token(request: HttpRequest) -> str:
    token = request.COOKIES.get(COOKIE, "")
    if not _TOKEN.fullmatch(token):
        token = request.META.setdefault("auditorium.seat", secrets.token_urlsafe(16))
    return token
