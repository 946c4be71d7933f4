import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent

GOOD = {
    "SECRET_KEY": "k" * 60,
    "ALLOWED_HOSTS": "shop.example",
    "SITE_URL": "https://shop.example",
    "DATABASE_URL": "postgres://u:p@localhost/db",
    "REDIS_URL": "redis://localhost:6379/0",
    "ELASTICSEARCH_URL": "https://localhost:9200",
    "S3_BUCKET": "media",
    "EMAIL_URL": "smtp+tls://u:p@localhost:587",
    "DEFAULT_FROM_EMAIL": "Shop <hello@shop.example>",
}


def start_production(tmp_path, **environment):
    """Imports the production settings in an interpreter of its own."""
    return subprocess.run(
        [sys.executable, "-c", "import config.settings.production"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "AUDITORIUM_VAR": str(tmp_path), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_starts_with_everything_set(tmp_path):
    started = start_production(tmp_path, **GOOD)

    assert started.returncode == 0, started.stderr


def test_production_names_everything_that_is_missing(tmp_path):
    started = start_production(tmp_path)

    assert started.returncode != 0
    # CELERY_BROKER_URL falls back to REDIS_URL, so it is named as well.
    named = set(re.findall(r"^  - ([A-Z0-9_]+):", started.stderr, re.MULTILINE))
    assert named == {*GOOD, "CELERY_BROKER_URL"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "short"),
        ("ALLOWED_HOSTS", "*"),
        ("SITE_URL", "http://shop.example"),
        ("DATABASE_URL", "sqlite:///db.sqlite3"),
        ("CELERY_BROKER_URL", "filesystem://"),
        ("ELASTICSEARCH_URL", "https://one.example:9200,http://two.example:9200"),
        ("ELASTICSEARCH_REPLICAS", "many"),
    ],
)
def test_production_refuses_an_insecure_value(tmp_path, name, value):
    started = start_production(tmp_path, **{**GOOD, name: value})

    assert started.returncode != 0
    assert re.findall(r"^  - ([A-Z0-9_]+):", started.stderr, re.MULTILINE) == [name]


def test_every_variable_is_documented():
    read = {
        name
        for file in [*(ROOT / "config").rglob("*.py"), *(ROOT / "ops").glob("*.py")]
        for name in re.findall(
            r"(?:env\.\w+|environ\.get)\(\s*\"([A-Z][A-Z0-9_]+)\"", file.read_text()
        )
    } - {"DJANGO_SETTINGS_MODULE", "AUDITORIUM_TEST_DB"}
    documented = set(
        re.findall(r"`([A-Z][A-Z0-9_]+)`", (ROOT / "docs" / "SETTINGS.md").read_text())
    ) - {"DJANGO_SETTINGS_MODULE"}

    assert documented == read
