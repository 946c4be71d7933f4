import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.urls import reverse

from accounts.models import User
from accounts.selectors import unread_count_for
from tests.factories.accounts import PASSWORD, NotificationFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_a_person_joins_confirms_the_address_and_signs_in(client):
    joined = client.post(
        reverse("account_signup"),
        {"display_name": "Ada", "email": "ada@example.org", "password1": PASSWORD},
    )
    assert joined.status_code == 302
    assert joined.url == reverse("account_email_verification_sent")
    [message] = mail.outbox
    assert message.subject == "Confirm your e-mail address"
    link = re.search(r"http://\S+", message.body).group()
    assert User.objects.get().display_name == "Ada"

    page = client.get(link)  # as mail scanners do, which follow links: confirms nothing
    assert not EmailAddress.objects.get().verified
    assert "ada@example.org" in page.text
    client.post(link)
    assert EmailAddress.objects.get().verified

    client.post(reverse("account_login"), {"login": "ada@example.org", "password": PASSWORD})
    assert client.get(reverse("accounts:profile")).status_code == 200


def test_nobody_signs_in_with_an_unconfirmed_address(client):
    user = UserFactory(confirmed=False)
    answer = client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert answer.url == reverse("account_email_verification_sent")
    assert client.get(reverse("accounts:profile")).status_code == 302


def test_joining_twice_tells_only_the_owner_of_the_address(client):
    UserFactory(email="grace@example.org")
    answer = client.post(
        reverse("account_signup"),
        {"display_name": "Eve", "email": "grace@example.org", "password1": PASSWORD},
    )
    assert answer.url == reverse("account_email_verification_sent")
    assert [message.subject for message in mail.outbox] == ["You have an account already"]
    assert User.objects.count() == 1


def test_a_forgotten_password_is_replaced(client):
    user = UserFactory()
    client.post(reverse("account_reset_password"), {"email": user.email})
    link = re.search(r"http://\S+", mail.outbox[0].body).group()
    form = client.get(link, follow=True)
    new = "another long enough password"
    client.post(form.redirect_chain[-1][0], {"password1": new, "password2": new})
    user.refresh_from_db()
    assert user.check_password(new)


@pytest.mark.parametrize(
    "name",
    [
        "account_login",
        "account_signup",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key_done",
        "account_email_verification_sent",
        "account_inactive",
    ],
)
def test_pages_before_signing_in_stand_in_the_sites_frame(client, name):
    page = client.get(reverse(name))
    assert page.status_code == 200
    assert page.text.count("<h1>") == 1
    assert 'id="main"' in page.text
    assert "<script>" not in page.text
    assert "style=" not in page.text


@pytest.mark.parametrize(
    "name",
    ["account_email", "account_change_password", "account_logout", "account_reauthenticate"],
)
def test_pages_after_signing_in_stand_in_the_sites_frame(client, name):
    client.force_login(UserFactory())
    page = client.get(reverse(name))
    assert page.status_code == 200
    assert page.text.count("<h1>") == 1
    assert "<script>" not in page.text


def test_news_are_marked_read_by_their_reader_only(client):
    user = UserFactory()
    NotificationFactory(user=user, subject="Your guide is live")
    others = NotificationFactory(subject="None of your business")
    client.force_login(user)

    page = client.get(reverse("accounts:notifications"))
    assert "Your guide is live" in page.text
    assert "None of your business" not in page.text
    assert unread_count_for(user) == 1

    answer = client.post(reverse("accounts:notifications"))
    assert answer.url == reverse("accounts:notifications")
    assert unread_count_for(user) == 0
    assert unread_count_for(others.user) == 1


def test_no_news_is_said_so(client):
    client.force_login(UserFactory())
    assert "No news yet" in client.get(reverse("accounts:notifications")).text


def test_a_long_list_of_news_takes_as_many_queries_as_a_short_one(
    client, django_assert_max_num_queries
):
    user = UserFactory()
    client.force_login(user)
    NotificationFactory.create_batch(40, user=user)
    # session, user, the frame's categories and unread count, permissions, a count and a page
    with django_assert_max_num_queries(12):
        page = client.get(reverse("accounts:notifications"))
    assert "Page 1 of 2" in page.text


def test_a_person_changes_how_we_address_them(client):
    user = UserFactory()
    client.force_login(user)
    assert client.post(reverse("accounts:profile"), {"display_name": ""}).status_code == 422
    client.post(reverse("accounts:profile"), {"display_name": " Ada L. "})
    user.refresh_from_db()
    assert user.display_name == "Ada L."


@pytest.mark.parametrize("name", ["accounts:notifications", "accounts:profile"])
def test_pages_of_ones_own_need_a_sign_in(client, name):
    answer = client.get(reverse(name))
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))
