import pytest

from tests.factories.merchants import MembershipFactory


@pytest.fixture
def membership(db):
    """An owner of a merchant."""
    return MembershipFactory()


@pytest.fixture
def merchant(membership):
    return membership.merchant


@pytest.fixture
def member(membership):
    return membership.user


@pytest.fixture
def address(merchant):
    """The addresses of the merchant's workbench: `address("guides/")`."""
    return lambda path="": f"/merchant/{merchant.slug}/{path}"


@pytest.fixture
def browser(client, member):
    """A client in which the owner is signed in."""
    client.force_login(member)
    return client


@pytest.fixture
def visit(browse, membership):
    """Opens a page of the merchant's workbench in a browser of its own, as its owner."""

    def visit(path="", **options):
        options.setdefault("viewport", {"width": 1280, "height": 900})
        page = browse(membership.user, locale="en-GB", **options)
        page.goto(f"/merchant/{membership.merchant.slug}/{path}")
        return page

    return visit
