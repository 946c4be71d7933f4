from django.core.files.uploadedfile import SimpleUploadedFile

from merchants.choices import Role
from merchants.models import Invitation, Membership
from tests.factories.accounts import UserFactory
from tests.factories.media_pipeline import picture_bytes
from tests.factories.merchants import InvitationFactory, MembershipFactory, MerchantFactory


def test_an_owner_invites_somebody(browser, address, merchant):
    response = browser.post(
        address("members/"), {"email": "New@Example.org", "role": "contributor"}, follow=True
    )

    assert Invitation.objects.get(merchant=merchant).email == "new@example.org"
    assert "new@example.org" in response.text


def test_somebody_with_an_account_is_a_member_at_once(browser, address, merchant):
    person = UserFactory()
    browser.post(address("members/"), {"email": person.email, "role": "owner"})

    assert Membership.objects.get(merchant=merchant, user=person).role == Role.OWNER


def test_an_invitation_is_withdrawn(browser, address, merchant):
    own, foreign = InvitationFactory(merchant=merchant), InvitationFactory()
    browser.post(address(f"members/invitations/{own.pk}/withdraw/"))
    response = browser.post(address(f"members/invitations/{foreign.pk}/withdraw/"))

    assert response.status_code == 404
    assert list(Invitation.objects.all()) == [foreign]


def test_a_contributor_cannot_invite(client, address, merchant):
    client.force_login(MembershipFactory(merchant=merchant, role=Role.CONTRIBUTOR).user)
    response = client.post(address("members/"), {"email": "a@example.org", "role": "owner"})

    assert response.status_code == 422
    assert not Invitation.objects.exists()


def test_roles_change_but_one_owner_stays(browser, address, merchant, membership):
    colleague = MembershipFactory(merchant=merchant, role=Role.CONTRIBUTOR)
    url = address(f"members/{membership.pk}/role/")
    response = browser.post(url, {"role": "contributor"}, follow=True)
    membership.refresh_from_db()
    assert membership.role == Role.OWNER
    assert "at least one owner" in response.text

    browser.post(address(f"members/{colleague.pk}/role/"), {"role": "owner"})
    browser.post(url, {"role": "contributor"})
    membership.refresh_from_db()
    assert membership.role == Role.CONTRIBUTOR


def test_an_owner_removes_a_member_and_nobody_of_another_merchant(browser, address, merchant):
    colleague, stranger = MembershipFactory(merchant=merchant), MembershipFactory()
    browser.post(address(f"members/{colleague.pk}/remove/"))
    response = browser.post(address(f"members/{stranger.pk}/remove/"))

    assert response.status_code == 404
    assert not Membership.objects.filter(pk=colleague.pk).exists()
    assert Membership.objects.filter(pk=stranger.pk).exists()


def test_a_contributor_leaves_and_removes_nobody(client, address, merchant, membership):
    leaving = MembershipFactory(merchant=merchant, role=Role.CONTRIBUTOR)
    client.force_login(leaving.user)
    client.post(address(f"members/{membership.pk}/remove/"))
    assert Membership.objects.filter(pk=membership.pk).exists()

    response = client.post(address(f"members/{leaving.pk}/remove/"))
    assert response.headers["Location"] == "/merchant/"
    assert client.get(address()).status_code == 404


def test_settings_are_changed(browser, address, merchant):
    MerchantFactory(name="Taken")
    words = {"name": "New name", "about": "New words.", "contact_email": "new@example.org"}
    logo = SimpleUploadedFile("logo.png", picture_bytes(kind="PNG"), "image/png")
    browser.post(address("settings/"), words | {"logo": logo})
    merchant.refresh_from_db()
    assert (merchant.name, merchant.about) == ("New name", "New words.")
    assert merchant.logo

    response = browser.post(address("settings/"), words | {"name": "taken"})
    assert response.status_code == 422
    assert "Choose another trading name" in response.text
