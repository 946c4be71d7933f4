import subprocess
import sys
from pathlib import Path

import pytest

from tests.factories.merchants import MembershipFactory
from tests.journeys.site import ROOT, environment_for

CLIPS = Path(__file__).resolve().parents[3] / "shared" / "data" / "clips"


@pytest.fixture(scope="session")
def clips():
    """The folder of real clips, which is not part of the project."""
    if not CLIPS.is_dir():
        pytest.skip("the folder of real clips (shared/data/clips beside the checkout) isn't there")
    return CLIPS


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory):
    """A database file with all tables and nothing in them, for sites in processes of their own:
    making it takes longer than most of what is done in them."""
    folder = tmp_path_factory.mktemp("database")
    command = [sys.executable, "manage.py", "migrate", "--verbosity=0"]
    subprocess.run(command, cwd=ROOT, env=environment_for(folder, services=False), check=True)
    return folder / "auditorium.sqlite3"


@pytest.fixture
def merchant(db):
    return MembershipFactory().merchant


@pytest.fixture
def member(merchant):
    return merchant.memberships.get().user


@pytest.fixture
def member_client(client, member):
    client.force_login(member)
    return client


@pytest.fixture
def empty_folder(settings, tmp_path):
    """Uploads arrive in a folder of this test's own."""
    settings.VAR_DIR = tmp_path
