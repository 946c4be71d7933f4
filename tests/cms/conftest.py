import pytest

from cms import services
from tests.factories.accounts import UserFactory
from tests.factories.cms import GuidePageFactory
from tests.factories.media_pipeline import VideoFactory
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


@pytest.fixture
def desk(client, editor):
    """The editor's browser."""
    client.force_login(editor)
    return client


@pytest.fixture
def waiting(merchant, member):
    guide = GuidePageFactory(merchant=merchant, author=member, title="Woks")
    services.submit(subject=guide, user=member)
    return guide


@pytest.fixture
def waiting_video(merchant, member):
    video = VideoFactory(merchant=merchant, title="A wok at work")
    services.submit(subject=video, user=member)
    return video
