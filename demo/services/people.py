from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from cms.services.site import EDITORS
from demo import library
from demo.errors import DemoRefusedError
from demo.logins import ROLES, make_logins, read_logins
from demo.services.reporting import Report

SHOPPERS = 60
_NAMES = {
    "admin": "Administrator",
    "editor": "Editor",
    "merchant": "Merchant",
    "shopper": "Shopper",
}


def refuse_a_site_in_use() -> None:
    """The demo is for an empty site. Raises DemoRefusedError where people are already."""
    if User.objects.filter(email=ROLES["admin"]).exists():
        return
    others = User.objects.count()
    if others:
        raise DemoRefusedError(
            _(
                "This site has %(count)d accounts already, and the demo world is for an empty "
                "one. Set AUDITORIUM_DEMO=0 to run without it, or name another folder with "
                "AUDITORIUM_VAR or another database with DATABASE_URL."
            )
            % {"count": others}
        )


def add_people(report: Report) -> None:
    """The roles and the shops' owners, who can sign in, and shoppers, who only vote."""
    logins = read_logins()
    is_new = logins is None
    logins = logins or make_logins()
    there = {user.email: user for user in User.objects.filter(email__endswith="@example.com")}
    shop_names = {shop.key: shop.name for shop in library.shops()}
    total = len(logins) + SHOPPERS
    for number, (name, login) in enumerate(logins.items(), start=1):
        known = there.get(login["email"])
        if known is None:
            _add_person(
                email=login["email"],
                name=_NAMES.get(name) or shop_names.get(name, name),
                password=login["password"],
                is_admin=name == "admin",
                is_editor=name == "editor",
            )
        elif is_new:  # the file was lost: what it says now must open the door
            known.set_password(login["password"])
            known.save(update_fields=["password"])
        report(_("People"), number, total)
    for number in range(1, SHOPPERS + 1):
        email = shopper_email(number)
        if email not in there:
            _add_person(email=email, name=f"Shopper {number}")
    report(_("People"), total, total)


def shopper_email(number: int) -> str:
    return f"shopper{number}@example.com"


def editor() -> User:
    return User.objects.get(email=ROLES["editor"])


@transaction.atomic
def _add_person(
    *,
    email: str,
    name: str,
    password: str | None = None,
    is_admin: bool = False,
    is_editor: bool = False,
) -> None:
    """With a confirmed address. Without a password nobody can sign in as them."""
    make = User.objects.create_superuser if is_admin else User.objects.create_user
    user = make(email, password, display_name=name)
    EmailAddress.objects.create(user=user, email=email, primary=True, verified=True)
    if is_editor:
        user.groups.add(Group.objects.get(name=EDITORS))
