from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cms import selectors, services
from cms.models import TakeDown
from cms.views.frame import EditorRequest, ModerationPage, carry_out


class TakeDownListView(ModerationPage):
    """Those in force first, then those that were lifted."""

    page_title = gettext_lazy("Take-downs")
    header_icon = "warning"
    template_name = "cms/admin/take_downs.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(selectors.take_downs(), 30).get_page(self.request.GET.get("page"))
        return super().get_context_data(page_obj=page, **kwargs)


@require_POST
def lift(request: EditorRequest, pk: int) -> HttpResponse:
    decision = get_object_or_404(TakeDown, pk=pk)
    carry_out(
        request,
        lambda: services.lift_take_down(take_down=decision, editor=request.user),
        _("The take-down of “%(title)s” is lifted.") % {"title": decision},
    )
    return redirect("moderation:take_downs")
