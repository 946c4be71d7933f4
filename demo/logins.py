"""The demo accounts' passwords: made once for each site, kept in a file that only the person who
runs it can read. Nothing that is printed in this source opens anybody's site."""

import json
import os
import secrets
from pathlib import Path

from django.conf import settings

from demo import library

ROLES = {
    "admin": "admin@example.com",
    "editor": "editor@example.com",
    "merchant": "merchant@example.com",
    "shopper": "shopper@example.com",
}
Logins = dict[str, dict[str, str]]
"""By role, then by shop: `email` and `password`."""


def path() -> Path:
    return Path(settings.VAR_DIR) / "demo-logins.json"


def read_logins() -> Logins | None:
    """None where the demo has not been loaded yet."""
    try:
        logins: Logins = json.loads(path().read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    return logins


def make_logins() -> Logins:
    """New passwords for every account that somebody signs in with, on disk before anybody has
    them."""
    logins = {
        name: {"email": email, "password": _password()} for name, email in _accounts().items()
    }
    temporary = path().with_suffix(".new")
    temporary.parent.mkdir(parents=True, exist_ok=True)
    temporary.unlink(missing_ok=True)
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        json.dump(logins, file, indent=2)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path())
    return logins


def _accounts() -> dict[str, str]:
    """Each account once: the first shop's owner is the role “merchant”."""
    owners = {shop.key: shop.owner for shop in library.shops()}
    taken = set(ROLES.values())
    return ROLES | {key: email for key, email in owners.items() if email not in taken}


def _password() -> str:
    """Sixteen letters and digits in groups, to be read off a screen and typed. About 80 bits."""
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "-".join("".join(secrets.choice(letters) for _ in range(4)) for _ in range(4))
