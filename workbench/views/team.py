"""Who belongs to a merchant, and what it says of itself."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from core.errors import ActionRefusedError
from merchants.choices import Role
from merchants.models import Membership
from merchants.rules import may_manage_members
from merchants.selectors import members_of, open_invitations_of
from merchants.services import (
    change_role,
    invite_member,
    remove_member,
    update_merchant,
    withdraw_invitation,
)
from workbench.forms.applications import SettingsForm
from workbench.forms.members import InvitationForm, RoleForm
from workbench.views.base import ActionView, MerchantView


class MemberListView(MerchantView):
    """Everybody sees who is there; owners invite."""

    section = "members"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(InvitationForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = InvitationForm(request.POST)
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            invite_member(
                merchant=self.merchant,
                invited_by=self.user,
                email=form.cleaned_data["email"],
                role=Role(form.cleaned_data["role"]),
            )
        except ActionRefusedError as error:
            form.add_error(None, str(error))
            return self.show(form, status=422)
        messages.success(request, _("Invited. They are told by e-mail."))
        return redirect(self.url("members"))

    def show(self, form: InvitationForm, status: int = 200) -> HttpResponse:
        return self.render(
            "team/members.html",
            status=status,
            form=form,
            members=members_of(self.merchant),
            invitations=open_invitations_of(self.merchant),
            may_manage=may_manage_members(self.membership),
            roles=Role.choices,
        )


class MemberActionView(ActionView):
    """A button about one member of this merchant."""

    section = "members"

    def next_url(self) -> str:
        return self.url("members")

    @property
    def member(self) -> Membership:
        member = members_of(self.merchant).filter(pk=self.kwargs["pk"]).first()
        if member is None:
            raise Http404
        return member


class ChangeRoleView(MemberActionView):
    owners_only = True

    def act(self) -> str:
        member = self.member
        form = RoleForm(self.request.POST)
        if not form.is_valid():
            raise ActionRefusedError(_("Choose what this member may do."))
        change_role(membership=member, role=Role(form.cleaned_data["role"]), changed_by=self.user)
        return _("%(person)s: changed.") % {"person": member.user}


class RemoveMemberView(MemberActionView):
    """An owner removes somebody, or somebody leaves."""

    def act(self) -> str:
        member = self.member
        remove_member(membership=member, removed_by=self.user)
        if member.user == self.user:
            return _("You have left %(merchant)s.") % {"merchant": self.merchant.name}
        return _("%(person)s is no longer a member.") % {"person": member.user}

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        response = super().post(request, *args, **kwargs)
        still_in = members_of(self.merchant).filter(user=self.user).exists()
        return response if still_in else redirect("workbench:home")


class WithdrawInvitationView(ActionView):
    section = "members"
    owners_only = True

    def act(self) -> str:
        invitation = open_invitations_of(self.merchant).filter(pk=self.kwargs["pk"]).first()
        if invitation is None:
            raise Http404
        withdraw_invitation(invitation=invitation, withdrawn_by=self.user)
        return _("The invitation is withdrawn.")

    def next_url(self) -> str:
        return self.url("members")


class SettingsView(MerchantView):
    section = "settings"
    owners_only = True

    def get(self, request: HttpRequest) -> HttpResponse:
        merchant = self.merchant
        names = [name for name in SettingsForm.base_fields if name != "logo"]
        return self.show(SettingsForm(initial={name: getattr(merchant, name) for name in names}))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = SettingsForm(request.POST, request.FILES)
        if not form.is_valid():
            return self.show(form, status=422)
        try:
            update_merchant(merchant=self.merchant, **form.cleaned_data)
        except ActionRefusedError as error:
            form.add_error(None, str(error))
            return self.show(form, status=422)
        messages.success(request, _("Saved."))
        return redirect(self.url("settings"))

    def show(self, form: SettingsForm, status: int = 200) -> HttpResponse:
        return self.render("team/settings.html", form=form, status=status)
