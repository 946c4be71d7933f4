import pytest

from demo.services import goods, writing


@pytest.fixture
def small_pictures(monkeypatch):
    """The demo's pictures at a size that is quick to draw."""
    monkeypatch.setattr(goods, "PLAIN", (80, 80))
    monkeypatch.setattr(goods, "IN_USE", (80, 60))
    monkeypatch.setattr(goods, "LOGO", 64)
    monkeypatch.setattr(writing, "WIDE", (96, 54))


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    """Logins and lock of each test's own."""
    settings.VAR_DIR = tmp_path
    return tmp_path
