import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from merchants.models import MerchantApplication
from merchants.services import approve_application, decline_application
from tests.factories.accounts import UserFactory
from tests.factories.media_pipeline import picture_bytes
from tests.factories.merchants import MembershipFactory, MerchantApplicationFactory

WORDS = {
    "trading_name": "Kamado & Daughters",
    "what_they_sell": "Rice cookers.",
    "contact_email": "hello@example.org",
}


@pytest.fixture
def person(client, db):
    person = UserFactory()
    client.force_login(person)
    return person


def test_the_only_merchant_opens_at_once(browser, address):
    assert browser.get("/merchant/").headers["Location"] == address()


def test_a_member_of_several_chooses(browser, member, merchant):
    other = MembershipFactory(user=member).merchant
    response = browser.get("/merchant/")

    assert merchant.name in response.text
    assert other.name in response.text


def test_whoever_has_none_is_led_to_applying(client, person):
    assert client.get("/merchant/").headers["Location"] == "/merchant/apply/"


def test_a_person_applies_with_a_logo(client, person):
    logo = SimpleUploadedFile("logo.png", picture_bytes(kind="PNG"), "image/png")
    response = client.post("/merchant/apply/", WORDS | {"logo": logo}, follow=True)

    application = MerchantApplication.objects.get(applicant=person)
    assert application.trading_name == WORDS["trading_name"]
    assert application.logo
    assert "Your application is with the editors" in response.text
    assert client.get("/merchant/").headers["Location"] == "/merchant/application/"
    assert client.get("/merchant/apply/").headers["Location"] == "/merchant/application/"


def test_a_logo_that_is_no_picture_is_refused_with_a_sentence(client, person):
    logo = SimpleUploadedFile("logo.png", b"<script>alert(1)</script>", "image/png")
    response = client.post("/merchant/apply/", WORDS | {"logo": logo})

    assert response.status_code == 422
    assert response.context["form"].non_field_errors()
    assert not MerchantApplication.objects.exists()


def test_what_is_missing_is_said(client, person):
    response = client.post("/merchant/apply/", {"trading_name": ""})

    assert set(response.context["form"].errors) == {
        "trading_name",
        "what_they_sell",
        "contact_email",
    }


def test_the_applicant_reads_why_it_was_declined(client, person):
    application = MerchantApplicationFactory(applicant=person)
    decline_application(
        application=application, editor=UserFactory(editor=True), reason="Tell us what you sell."
    )
    response = client.get("/merchant/application/")

    assert "Tell us what you sell." in response.text
    assert 'href="/merchant/apply/"' in response.text


def test_the_applicant_finds_the_way_in_once_approved(client, person):
    application = MerchantApplicationFactory(applicant=person)
    merchant = approve_application(application=application, editor=UserFactory(editor=True))

    assert f"/merchant/{merchant.slug}/" in client.get("/merchant/application/").text
    assert client.get("/merchant/").headers["Location"] == f"/merchant/{merchant.slug}/"


def test_another_persons_application_is_not_shown(client, person):
    MerchantApplicationFactory()

    assert client.get("/merchant/application/").headers["Location"] == "/merchant/apply/"
