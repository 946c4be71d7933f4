from django.http import HttpRequest, HttpResponse

from workbench.attention import attention_for, beginnings_of
from workbench.selectors import totals_of
from workbench.views.base import MerchantView


class DashboardView(MerchantView):
    """What needs attention first; for a new merchant, how to begin."""

    section = "dashboard"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.render(
            "dashboard.html",
            attention=attention_for(self.merchant),
            beginnings=beginnings_of(self.merchant),
            totals=totals_of(self.merchant),
        )
