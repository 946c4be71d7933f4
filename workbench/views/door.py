"""The way in: which merchant's workbench, or applying for one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from core.errors import ActionRefusedError
from merchants.choices import ApplicationState
from merchants.selectors import latest_application_of, merchants_of
from merchants.services import apply_as_merchant
from workbench.forms.applications import ApplicationForm
from workbench.views.base import PersonView


class HomeView(PersonView):
    """Straight into the workbench of a person's only merchant; else a choice."""

    def get(self, request: HttpRequest) -> HttpResponse:
        merchants = list(merchants_of(self.user))
        application = latest_application_of(self.user)
        waiting = application is not None and application.state == ApplicationState.PENDING
        if len(merchants) == 1 and not waiting:
            return redirect("workbench:dashboard", merchants[0].slug)
        if not merchants and application is None:
            return redirect("workbench:apply")
        if not merchants:
            return redirect("workbench:application")
        return render(
            request,
            "workbench/home.html",
            {"merchants": merchants, "application": application if waiting else None},
        )


class ApplyView(PersonView):
    def get(self, request: HttpRequest) -> HttpResponse:
        application = latest_application_of(self.user)
        if application is not None and application.state == ApplicationState.PENDING:
            return redirect("workbench:application")
        return self.show(ApplicationForm(initial={"contact_email": self.user.email}))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ApplicationForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            apply_as_merchant(applicant=self.user, **form.cleaned_data)
        except ActionRefusedError as error:
            form.add_error(None, str(error))
            return self.show(form, status=422)
        messages.success(request, _("Your application is with the editors."))
        return redirect("workbench:application")

    def show(self, form: ApplicationForm, status: int = 200) -> HttpResponse:
        return render(self.request, "workbench/apply.html", {"form": form}, status=status)


class ApplicationView(PersonView):
    """How the person's last application stands."""

    def get(self, request: HttpRequest) -> HttpResponse:
        application = latest_application_of(self.user)
        if application is None:
            return redirect("workbench:apply")
        return render(request, "workbench/application.html", {"application": application})
