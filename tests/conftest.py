import shutil

import pytest
from django.conf import settings


@pytest.fixture(scope="session", autouse=True)
def _scratch_folder():
    """Whatever the tests write (media, broker, indexes) goes when they end."""
    yield
    shutil.rmtree(settings.VAR_DIR, ignore_errors=True)
