import pytest
from django.core import mail
from django.urls import reverse

from accounts.models import Notification
from merchants import services
from merchants.choices import ApplicationState, MerchantState, Role
from merchants.errors import (
    BadLogoError,
    LastOwnerError,
    MerchantActionRefusedError,
    NameTakenError,
    NotAllowedError,
)
from merchants.models import Invitation, Membership, Merchant, MerchantApplication
from merchants.selectors import (
    free_slug_for,
    membership_of,
    merchants_of,
    pending_applications,
)
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.merchants import (
    InvitationFactory,
    MembershipFactory,
    MerchantApplicationFactory,
    MerchantFactory,
)
from tests.merchants.pictures import upload

pytestmark = pytest.mark.django_db


def apply(applicant, **fields):
    wanted = {
        "trading_name": "Kamado & Daughters",
        "what_they_sell": "Rice cookers.",
        "contact_email": "kamado@example.org",
    }
    return services.apply_as_merchant(applicant=applicant, **wanted | fields)


# --- Applications


def test_an_application_waits_for_an_editor():
    first = apply(UserFactory(), trading_name="  Kamado   & Daughters ", logo=upload())
    second = apply(UserFactory(), trading_name="Another")
    assert list(pending_applications()) == [first, second]
    assert first.trading_name == "Kamado & Daughters"
    assert first.logo.name.startswith("logos/")
    assert first.logo.name.endswith(".png")


def test_one_application_at_a_time():
    applicant = UserFactory()
    apply(applicant)
    with pytest.raises(MerchantActionRefusedError, match="waiting for an editor already"):
        apply(applicant, trading_name="Another")


def test_a_trading_name_is_taken_however_it_is_written():
    MerchantFactory(name="Kamado & daughters")
    with pytest.raises(NameTakenError):
        apply(UserFactory())
    assert not MerchantApplication.objects.exists()


def test_a_bad_logo_changes_nothing():
    with pytest.raises(BadLogoError):
        apply(UserFactory(), logo=upload(b"no picture"))
    assert not MerchantApplication.objects.exists()


def test_approval_makes_the_applicant_an_owner_and_tells_them():
    application = apply(UserFactory(), logo=upload())
    merchant = services.approve_application(application=application, editor=UserFactory())
    application.refresh_from_db()
    assert application.state == ApplicationState.APPROVED
    assert application.merchant == merchant
    assert merchant.slug == "kamado-daughters"
    assert merchant.logo.name == application.logo.name
    membership = membership_of(application.applicant, merchant.slug)
    assert membership.role == Role.OWNER
    told = Notification.objects.get()
    assert told.user == application.applicant
    assert told.url == reverse("workbench:home")


def test_a_decision_is_made_once():
    application = apply(UserFactory())
    editor = UserFactory()
    services.approve_application(application=application, editor=editor)
    with pytest.raises(MerchantActionRefusedError, match="decided already"):
        services.decline_application(application=application, editor=editor, reason="No.")
    with pytest.raises(MerchantActionRefusedError, match="decided already"):
        services.approve_application(application=application, editor=editor)
    assert Merchant.objects.count() == 1


def test_of_two_applications_of_one_name_the_first_gets_it():
    first, second = apply(UserFactory()), apply(UserFactory())
    services.approve_application(application=first, editor=UserFactory())
    with pytest.raises(NameTakenError):
        services.approve_application(application=second, editor=UserFactory())
    second.refresh_from_db()
    assert second.state == ApplicationState.PENDING


def test_a_declined_applicant_reads_why_and_may_apply_again():
    application = apply(UserFactory())
    with pytest.raises(MerchantActionRefusedError, match="Write the reason"):
        services.decline_application(application=application, editor=UserFactory(), reason=" ")
    services.decline_application(
        application=application, editor=UserFactory(), reason="Tell us where you are."
    )
    assert "Tell us where you are." in Notification.objects.get().body
    assert apply(application.applicant).state == ApplicationState.PENDING


def test_addresses_of_merchants_are_free_and_not_the_workbenchs_own():
    MerchantFactory(slug="apply-2")
    assert free_slug_for("Apply") == "apply-3"
    assert free_slug_for("日本") == "merchant"


# --- Standing


def test_a_suspended_merchant_is_told_why_and_can_come_back():
    membership = MembershipFactory()
    merchant = membership.merchant
    with pytest.raises(MerchantActionRefusedError, match="Write the reason"):
        services.suspend_merchant(merchant=merchant, editor=UserFactory(), reason="")
    services.suspend_merchant(merchant=merchant, editor=UserFactory(), reason="Unsafe goods.")
    merchant.refresh_from_db()
    assert merchant.state == MerchantState.SUSPENDED
    assert Notification.objects.get(user=membership.user).body == "Unsafe goods."
    with pytest.raises(MerchantActionRefusedError, match="suspended already"):
        services.suspend_merchant(merchant=merchant, editor=UserFactory(), reason="Again.")
    services.reinstate_merchant(merchant=merchant, editor=UserFactory())
    merchant.refresh_from_db()
    assert merchant.state == MerchantState.ACTIVE


def test_a_merchant_keeps_its_address_and_logo_when_its_name_changes():
    merchant = MerchantFactory(name="Old", slug="old", logo="logos/old.png")
    change = {"merchant": merchant, "about": "New words.", "contact_email": "new@example.org"}
    services.update_merchant(name="New", **change)
    merchant.refresh_from_db()
    assert (merchant.name, merchant.slug, merchant.logo.name) == ("New", "old", "logos/old.png")
    MerchantFactory(name="Taken")
    with pytest.raises(NameTakenError):
        services.update_merchant(name="taken", **change)
    services.update_merchant(name="NEW", logo=upload(), **change)
    merchant.refresh_from_db()
    assert merchant.logo.name != "logos/old.png"


# --- Members


def invite(merchant, by, email, role=Role.CONTRIBUTOR):
    return services.invite_member(merchant=merchant, invited_by=by, email=email, role=role)


def test_whoever_confirms_the_invited_address_becomes_a_member(
    client, django_capture_on_commit_callbacks
):
    owner = MembershipFactory()
    with django_capture_on_commit_callbacks(execute=True):
        invite(owner.merchant, owner.user, " New@Example.org ")
    assert mail.outbox[0].to == ["new@example.org"]
    assert reverse("account_signup") in mail.outbox[0].body

    newcomer = UserFactory(email="new@example.org", confirmed=False)
    assert services.accept_invitations(user=newcomer) == []
    newcomer.emailaddress_set.update(verified=True)
    client.post(reverse("account_login"), {"login": "new@example.org", "password": PASSWORD})
    assert membership_of(newcomer, owner.merchant.slug).role == Role.CONTRIBUTOR
    assert not Invitation.objects.exists()


def test_someone_with_an_account_is_a_member_at_once():
    owner, person = MembershipFactory(), UserFactory()
    invite(owner.merchant, owner.user, person.email, Role.OWNER)
    assert membership_of(person, owner.merchant.slug).role == Role.OWNER
    assert Notification.objects.filter(user=person).count() == 1


def test_invitations_are_made_once_and_not_for_members():
    owner = MembershipFactory()
    invite(owner.merchant, owner.user, "new@example.org")
    with pytest.raises(MerchantActionRefusedError, match="invited already"):
        invite(owner.merchant, owner.user, "NEW@example.org")
    with pytest.raises(MerchantActionRefusedError, match="a member already"):
        invite(owner.merchant, owner.user, owner.user.email.upper())


def test_only_owners_of_an_active_merchant_manage_members():
    owner = MembershipFactory()
    contributor = MembershipFactory(merchant=owner.merchant, role=Role.CONTRIBUTOR)
    stranger = MembershipFactory()
    for person in (contributor.user, stranger.user):
        with pytest.raises(NotAllowedError):
            invite(owner.merchant, person, "new@example.org")
        with pytest.raises(NotAllowedError):
            services.change_role(membership=contributor, role=Role.OWNER, changed_by=person)
        with pytest.raises(NotAllowedError):
            services.remove_member(membership=owner, removed_by=person)
    Merchant.objects.filter(pk=owner.merchant.pk).update(state=MerchantState.SUSPENDED)
    with pytest.raises(NotAllowedError):
        invite(owner.merchant, owner.user, "new@example.org")


def test_an_owner_withdraws_an_invitation():
    owner = MembershipFactory()
    invitation = InvitationFactory(merchant=owner.merchant)
    with pytest.raises(NotAllowedError):
        services.withdraw_invitation(invitation=invitation, withdrawn_by=MembershipFactory().user)
    services.withdraw_invitation(invitation=invitation, withdrawn_by=owner.user)
    assert not Invitation.objects.exists()


def test_a_removed_member_is_told_and_everybody_may_leave():
    owner = MembershipFactory()
    one, two = MembershipFactory.create_batch(2, merchant=owner.merchant, role=Role.CONTRIBUTOR)
    services.remove_member(membership=one, removed_by=owner.user)
    services.remove_member(membership=two, removed_by=two.user)
    assert [told.user for told in Notification.objects.all()] == [one.user]
    assert list(Membership.objects.all()) == [owner]


def test_the_last_owner_stays():
    owner = MembershipFactory()
    other = MembershipFactory(merchant=owner.merchant, role=Role.CONTRIBUTOR)
    with pytest.raises(LastOwnerError):
        services.remove_member(membership=owner, removed_by=owner.user)
    with pytest.raises(LastOwnerError):
        services.change_role(membership=owner, role=Role.CONTRIBUTOR, changed_by=owner.user)
    services.change_role(membership=other, role=Role.OWNER, changed_by=owner.user)
    services.remove_member(membership=owner, removed_by=owner.user)
    assert not merchants_of(owner.user).exists()


def test_someone_elses_merchant_is_not_found():
    mine, other = MembershipFactory(), MembershipFactory()
    assert membership_of(mine.user, other.merchant.slug) is None
    assert list(merchants_of(mine.user)) == [mine.merchant]


def test_an_application_of_someone_else_does_not_count_as_mine():
    MerchantApplicationFactory()
    assert apply(UserFactory()).state == ApplicationState.PENDING
