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
def visit(chromium, live_server, client, membership):
    """Opens a page of the merchant's workbench in a browser of its own, as its owner."""
    contexts = []

    def visit(path="", **options):
        options.setdefault("viewport", {"width": 1280, "height": 900})
        context = chromium.new_context(base_url=live_server.url, locale="en-GB", **options)
        context.set_default_timeout(15_000)
        contexts.append(context)
        client.force_login(membership.user)
        session = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        page = context.new_page()
        page.goto(f"/merchant/{membership.merchant.slug}/{path}")
        return page

    yield visit
    for context in contexts:
        context.close()
