import factory
from factory.django import DjangoModelFactory

from merchants.choices import MerchantState, Role
from merchants.models import Invitation, Membership, Merchant, MerchantApplication
from tests.factories.accounts import UserFactory


class MerchantFactory(DjangoModelFactory):
    class Meta:
        model = Merchant

    class Params:
        suspended = factory.Trait(state=MerchantState.SUSPENDED)

    name = factory.Sequence(lambda n: f"Trader {n}")
    slug = factory.Sequence(lambda n: f"trader-{n}")
    about = "Good things for the kitchen."
    contact_email = factory.LazyAttribute(lambda merchant: f"{merchant.slug}@example.org")


class MembershipFactory(DjangoModelFactory):
    """`MembershipFactory(merchant=…)` makes the person too; an owner unless told otherwise."""

    class Meta:
        model = Membership

    merchant = factory.SubFactory(MerchantFactory)
    user = factory.SubFactory(UserFactory)
    role = Role.OWNER


class InvitationFactory(DjangoModelFactory):
    class Meta:
        model = Invitation

    merchant = factory.SubFactory(MerchantFactory)
    email = factory.Sequence(lambda n: f"invited{n}@example.org")
    invited_by = factory.SubFactory(UserFactory)


class MerchantApplicationFactory(DjangoModelFactory):
    class Meta:
        model = MerchantApplication

    applicant = factory.SubFactory(UserFactory)
    trading_name = factory.Sequence(lambda n: f"Applicant {n}")
    what_they_sell = "Rice cookers that last."
    contact_email = factory.LazyAttribute(lambda application: application.applicant.email)
