"""Applications, and the merchants that came of them."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from cms.forms import QuotaForm, ReasonForm
from cms.forms.media import GIGABYTE
from cms.selectors import applications, merchants_for_editors
from cms.views.frame import EditorRequest, ModerationPage, carry_out, complain
from media_pipeline.selectors import usage_of
from merchants import rules
from merchants.models import Merchant, MerchantApplication
from merchants.services import (
    approve_application,
    decline_application,
    reinstate_merchant,
    suspend_merchant,
)


class ApplicationListView(ModerationPage):
    page_title = gettext_lazy("Merchants' applications")
    header_icon = "user"
    template_name = "cms/admin/applications.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(applications(), 30).get_page(self.request.GET.get("page"))
        return super().get_context_data(page_obj=page, **kwargs)


class ApplicationView(ModerationPage):
    header_icon = "user"
    template_name = "cms/admin/application.html"
    above = (("moderation:applications", gettext_lazy("Applications")),)

    def get_page_title(self) -> str:
        return self.application.trading_name

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.application = get_object_or_404(applications(), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            application=self.application,
            may_decide=rules.may_be_decided(self.application),
            reason_form=ReasonForm(prefix="decline"),
            **kwargs,
        )


@require_POST
def approve(request: EditorRequest, pk: int) -> HttpResponse:
    application = get_object_or_404(MerchantApplication, pk=pk)
    carry_out(
        request,
        lambda: approve_application(application=application, editor=request.user),
        _("%(name)s is a merchant now, and was told so.") % {"name": application},
    )
    return redirect("moderation:applications")


@require_POST
def decline(request: EditorRequest, pk: int) -> HttpResponse:
    application = get_object_or_404(MerchantApplication, pk=pk)
    form = ReasonForm(request.POST, prefix="decline")
    if not form.is_valid():
        complain(request, form)
        return redirect("moderation:application", pk)
    carry_out(
        request,
        lambda: decline_application(
            application=application, editor=request.user, reason=form.cleaned_data["reason"]
        ),
        _("%(name)s is declined, and was told why.") % {"name": application},
    )
    return redirect("moderation:applications")


class MerchantListView(ModerationPage):
    page_title = gettext_lazy("Merchants")
    header_icon = "group"
    template_name = "cms/admin/merchants.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(merchants_for_editors(), 50).get_page(self.request.GET.get("page"))
        return super().get_context_data(page_obj=page, **kwargs)


class MerchantView(ModerationPage):
    header_icon = "group"
    template_name = "cms/admin/merchant.html"
    above = (("moderation:merchants", gettext_lazy("Merchants")),)

    def get_page_title(self) -> str:
        return self.merchant.name

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.merchant = get_object_or_404(merchants_for_editors(), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        usage = usage_of(self.merchant)
        agreed = {
            "gigabytes": round(usage.size_allowed / GIGABYTE, 3),
            "videos": usage.videos_allowed,
        }
        members = self.merchant.memberships.select_related("user").order_by("created_at")
        return super().get_context_data(
            merchant=self.merchant,
            members=members,
            usage=usage,
            quota_form=QuotaForm(prefix="quota", initial=agreed if usage.agreed else {}),
            reason_form=ReasonForm(prefix="suspend"),
            **kwargs,
        )


@require_POST
def suspend(request: EditorRequest, pk: int) -> HttpResponse:
    merchant = get_object_or_404(Merchant, pk=pk)
    form = ReasonForm(request.POST, prefix="suspend")
    if not form.is_valid():
        complain(request, form)
        return redirect("moderation:merchant", pk)
    carry_out(
        request,
        lambda: suspend_merchant(
            merchant=merchant, editor=request.user, reason=form.cleaned_data["reason"]
        ),
        _("%(name)s is suspended: nothing of theirs shows any more.") % {"name": merchant},
    )
    return redirect("moderation:merchant", pk)


@require_POST
def reinstate(request: EditorRequest, pk: int) -> HttpResponse:
    merchant = get_object_or_404(Merchant, pk=pk)
    carry_out(
        request,
        lambda: reinstate_merchant(merchant=merchant, editor=request.user),
        _("%(name)s is back, with all that it had.") % {"name": merchant},
    )
    return redirect("moderation:merchant", pk)
