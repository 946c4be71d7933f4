import pytest

from tests.factories.accounts import UserFactory
from tests.factories.merchants import MembershipFactory


@pytest.fixture
def editor(db):
    return UserFactory(editor=True)


@pytest.fixture
def membership(db):
    return MembershipFactory()


@pytest.fixture
def member(membership):
    return membership.user


@pytest.fixture
def merchant(membership):
    return membership.merchant
