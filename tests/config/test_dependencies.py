import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
DIRECT = {
    re.match(r"[A-Za-z0-9_.-]+", requirement)[0]
    for requirement in [*PROJECT["project"]["dependencies"], *PROJECT["dependency-groups"]["dev"]]
}


def test_every_direct_dependency_is_explained():
    explained = (ROOT / "docs" / "DEPENDENCIES.md").read_text()

    assert [
        name for name in sorted(DIRECT) if not re.search(rf"\b{re.escape(name)}\b", explained)
    ] == []


def test_every_requirement_is_pinned():
    lines = [
        line
        for file in ("requirements.txt", "requirements-dev.txt")
        for line in (ROOT / file).read_text().splitlines()
        if line and not line.lstrip().startswith("#")
    ]

    assert lines
    assert [line for line in lines if "==" not in line] == []
