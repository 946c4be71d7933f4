from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.forms import ProfileForm
from accounts.models import User
from accounts.selectors import notifications_for
from accounts.services import change_display_name, mark_notifications_read

PER_PAGE = 30


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def notifications(request: HttpRequest) -> HttpResponse:
    """What this person was told. A POST marks all of it as read."""
    user = cast(User, request.user)
    if request.method == "POST":
        mark_notifications_read(user=user)
        return redirect("accounts:notifications")
    page = Paginator(notifications_for(user), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "accounts/notifications.html", {"page": page})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """The person's name, and the ways to their e-mail addresses and password."""
    user = cast(User, request.user)
    form = ProfileForm(request.POST or None, initial={"display_name": user.display_name})
    if form.is_valid():
        change_display_name(user=user, **form.cleaned_data)
        messages.success(request, _("Your name is saved."))
        return redirect("accounts:profile")
    status = 422 if form.is_bound else 200
    return render(request, "accounts/profile.html", {"form": form}, status=status)
