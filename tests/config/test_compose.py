"""compose.yaml can't be started without a Docker engine; what can be checked is checked: the
settings it gives satisfy production's, and every file it mounts is there."""

import os
import re
import subprocess
import sys
from pathlib import Path

import yaml

from tests.config.test_settings import GOOD, start_production

ROOT = Path(__file__).resolve().parent.parent.parent
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text())
OPERATOR = {
    "SECRET_KEY": "k" * 60,
    "ALLOWED_HOSTS": "shop.example",
    "SITE_URL": "https://shop.example",
    "POSTGRES_PASSWORD": "p",
    "ELASTICSEARCH_PASSWORD": "es",
    "ELASTICSEARCH_HEAP": "1g",
    "ELASTIC_PASSWORD": "e",
    "S3_ACCESS_KEY": "a",
    "S3_SECRET_KEY": "s",
    "EMAIL_URL": "smtp+tls://u:p@mail.example:587",
    "DEFAULT_FROM_EMAIL": "Shop <hello@shop.example>",
    "CERTIFICATES": "/etc/certificates",
}


def filled_in(text):
    return re.sub(r"\$\{([A-Z0-9_]+)(?::[?-][^}]*)?\}", lambda match: OPERATOR[match[1]], text)


def test_every_auditorium_service_gets_settings_that_production_accepts(tmp_path):
    names = ["release", "web", "worker", "media-worker", "beat"]
    for name in names:
        environment = {
            key: filled_in(value) for key, value in COMPOSE["services"][name]["environment"].items()
        }
        started = start_production(tmp_path, **environment)
        assert started.returncode == 0, started.stderr


def test_what_the_operator_must_give_is_described():
    described = (ROOT / "docs" / "PRODUCTION.md").read_text()
    asked = set(re.findall(r"\$\{([A-Z0-9_]+)", (ROOT / "compose.yaml").read_text()))

    assert asked == set(OPERATOR)
    assert [name for name in sorted(asked) if f"`{name}`" not in described] == []


def test_every_mounted_file_is_in_the_repository():
    mounted = [
        volume.split(":")[0]
        for service in COMPOSE["services"].values()
        for volume in service.get("volumes", [])
        if volume.startswith("./")
    ]

    assert mounted
    assert [path for path in mounted if not (ROOT / path).exists()] == []


def test_static_files_are_looked_for_where_the_image_collected_them(tmp_path):
    """The folder that the site writes to is a volume; what is in the image must not be."""
    places = set()
    for folder in ("build", "running"):
        printed = subprocess.run(
            [
                sys.executable,
                "-c",
                "from config.settings import production as p; print(p.STATIC_ROOT)",
            ],
            cwd=ROOT,
            env={"PATH": os.environ["PATH"], **GOOD, "AUDITORIUM_VAR": str(tmp_path / folder)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        places.add(printed.strip())

    assert len(places) == 1
