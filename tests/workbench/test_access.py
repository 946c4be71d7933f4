"""Who gets into which page. Every page of the workbench is asked for, found through its URLs."""

import uuid

import pytest
from django.urls import URLPattern, URLResolver, reverse

from merchants.choices import MerchantState, Role
from tests.factories.accounts import UserFactory
from tests.factories.merchants import MembershipFactory
from workbench.urls import merchant_patterns


def _patterns(patterns, found=()):
    for pattern in patterns:
        arguments = (*found, *pattern.pattern.regex.groupindex)
        if isinstance(pattern, URLResolver):
            yield from _patterns(pattern.url_patterns, arguments)
        elif isinstance(pattern, URLPattern):
            yield pattern.name, arguments


PAGES = dict(_patterns(merchant_patterns))
SOMETHING = {
    "pk": 1,
    "uuid": uuid.UUID(int=1),
    "revision_id": 1,
    "slug": "nothing",
    "kind": "picture",
    "language": "en",
    "suffix": "vtt",
}


def address_of(name, slug):
    arguments = {key: SOMETHING[key] for key in PAGES[name]}
    return reverse(f"workbench:{name}", kwargs={"merchant_slug": slug, **arguments})


@pytest.mark.parametrize("name", PAGES)
def test_a_stranger_finds_nothing(client, merchant, name):
    client.force_login(MembershipFactory().user)

    assert client.get(address_of(name, merchant.slug)).status_code == 404
    assert client.post(address_of(name, merchant.slug)).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_an_editor_finds_nothing_either(client, merchant, name):
    client.force_login(UserFactory(editor=True))

    assert client.get(address_of(name, merchant.slug)).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_who_is_not_signed_in_is_asked_to(client, merchant, name):
    url = address_of(name, merchant.slug)
    response = client.get(url)

    assert response.status_code == 302
    assert response.headers["Location"] == f"/accounts/login/?next={url}"


@pytest.mark.parametrize("name", PAGES)
def test_a_suspended_merchant_changes_nothing(browser, merchant, name):
    merchant.state = MerchantState.SUSPENDED
    merchant.save()
    response = browser.post(address_of(name, merchant.slug), follow=True)

    assert "is suspended, so nothing can be changed" in response.text


def test_a_suspended_merchants_script_is_told_in_its_own_words(browser, merchant):
    merchant.state = MerchantState.SUSPENDED
    merchant.save()
    response = browser.post(
        address_of("guide_save", merchant.slug), headers={"accept": "application/json"}
    )

    assert response.status_code == 403
    assert "is suspended" in response.json()["message"]


@pytest.mark.parametrize(
    "name", [name for name, arguments in PAGES.items() if not arguments and name != "settings"]
)
def test_a_suspended_merchant_reads_everything(browser, merchant, name):
    merchant.state = MerchantState.SUSPENDED
    merchant.save()
    response = browser.get(address_of(name, merchant.slug))

    assert response.status_code == 200


@pytest.mark.parametrize(
    ("name", "method"),
    [
        ("settings", "get"),
        ("settings", "post"),
        ("member_role", "post"),
        ("invitation_withdraw", "post"),
    ],
)
def test_some_pages_are_for_owners(client, merchant, name, method):
    contributor = MembershipFactory(merchant=merchant, role=Role.CONTRIBUTOR)
    client.force_login(contributor.user)

    assert getattr(client, method)(address_of(name, merchant.slug)).status_code == 403


def test_a_contributors_navigation_leaves_out_what_is_not_for_them(client, merchant):
    contributor = MembershipFactory(merchant=merchant, role=Role.CONTRIBUTOR)
    client.force_login(contributor.user)
    response = client.get(address_of("dashboard", merchant.slug))

    assert address_of("settings", merchant.slug) not in response.text
    assert address_of("products", merchant.slug) in response.text


def test_nobody_is_there_by_guessing(browser):
    assert browser.get("/merchant/no-such-merchant/").status_code == 404
