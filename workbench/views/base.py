"""What every page of the workbench stands on: whose workbench it is, and who is asking."""

from abc import ABC, abstractmethod
from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import AccessMixin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from accounts.models import User
from core.errors import ActionRefusedError
from merchants.choices import Role
from merchants.models import Membership, Merchant
from merchants.rules import may_trade
from merchants.selectors import membership_of


class PersonView(AccessMixin, View):
    """A page for somebody who is signed in."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        return super().dispatch(request, *args, **kwargs)

    @property
    def user(self) -> User:
        assert isinstance(self.request.user, User)  # noqa: S101 - dispatch has seen to it
        return self.request.user


class MerchantView(PersonView):
    """A page of one merchant's workbench: for its members, and for anyone else not there.

    A suspended merchant's members may read everything and change nothing.
    """

    section = ""
    """Which entry of the workbench's navigation is lit."""
    owners_only = False
    membership: Membership

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        membership = membership_of(self.user, kwargs.pop("merchant_slug"))
        if membership is None:
            raise Http404
        self.membership = membership
        if self.owners_only and membership.role != Role.OWNER:
            raise PermissionDenied(_("Only the owners of this merchant can open this page."))
        if request.method not in {"GET", "HEAD", "OPTIONS"} and not may_trade(membership):
            return self.refuse_suspended()
        return super().dispatch(request, *args, **kwargs)

    @property
    def merchant(self) -> Merchant:
        return self.membership.merchant

    def refuse_suspended(self) -> HttpResponse:
        sentence = _(
            "%(merchant)s is suspended, so nothing can be changed. Everything is still here to "
            "read; write to the editors to settle what led to it."
        ) % {"merchant": self.merchant.name}
        if self.request.accepts("text/html"):
            messages.error(self.request, sentence)
            return redirect(self.url("dashboard"))
        return JsonResponse({"message": sentence}, status=403)

    def url(self, name: str, *args: Any) -> str:
        """The address of another page of this merchant's workbench."""
        return reverse(f"workbench:{name}", args=[self.merchant.slug, *args])

    def render(self, template: str, status: int = 200, **context: Any) -> HttpResponse:
        context |= {
            "membership": self.membership,
            "merchant": self.merchant,
            "section": self.section,
            "may_trade": may_trade(self.membership),
        }
        return render(self.request, f"workbench/{template}", context, status=status)


class ActionView(MerchantView, ABC):
    """A button: POST does one thing, says so, and goes back to a page."""

    http_method_names = ["post", "options"]

    @abstractmethod
    def act(self) -> str:
        """Do it, and say in a sentence what was done. Raises ActionRefusedError."""

    @abstractmethod
    def next_url(self) -> str:
        """Where to go then."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            messages.success(request, self.act())
        except ActionRefusedError as error:
            messages.error(request, str(error))
        return redirect(self.next_url())
