"""What the editors' pages have in common."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from accounts.models import User
from core.errors import ActionRefusedError
from search.query import MAX_TEXT

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as StrOrPromise


class EditorRequest(HttpRequest):
    """A request that Wagtail's admin has let in: somebody is signed in."""

    user: User


class ModerationPage(WagtailAdminTemplateMixin, TemplateView):
    """A page of the Moderation menu, with Wagtail's own frame around it."""

    header_icon = "clipboard-list"
    above: "tuple[tuple[str, StrOrPromise], ...]" = ()
    """(URL name, label) of the pages above this one."""

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        above = [{"url": reverse(name), "label": label} for name, label in self.above]
        here = {"url": "", "label": self.get_page_title()}
        return [*self.breadcrumbs_items, *above, here]


def typed(request: HttpRequest, name: str) -> str:
    """What stands in a search box of the address, without what nobody types and not longer than
    a search may be."""
    written = "".join(char if char.isprintable() else " " for char in request.GET.get(name, ""))
    return " ".join(written.split())[:MAX_TEXT]


def carry_out(request: HttpRequest, action: Callable[[], Any], done: str) -> bool:
    """Do it and say so; or say why it was refused. True if it was done."""
    try:
        action()
    except ActionRefusedError as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, done)
    return True


def complain(request: HttpRequest, form: Any) -> None:
    """Say what is wrong with a form that stands on a page of several."""
    for errors in form.errors.values():
        for error in errors:
            messages.error(request, error)
    if not form.errors:
        messages.error(request, _("That could not be done."))
