import fcntl
import json
import stat

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command

from accounts.models import User
from cms.models import GuidePage
from demo import library, logins
from demo.services import goods, people
from demo.services.reporting import silent
from merchants.models import Merchant
from products.models import Category, Product
from selection.choices import RoundState
from selection.models import Round
from tests.demo.worlds import counts
from tests.factories.accounts import UserFactory


def run(capsys, *arguments):
    call_command("demo", *arguments)
    return capsys.readouterr().out


@pytest.mark.django_db
@pytest.mark.usefixtures("small_pictures")
def test_an_empty_site_is_filled_and_a_second_run_changes_nothing(capsys, client, own_folder):
    printed = run(capsys)
    after_once = counts()

    assert Product.objects.public().count() == len(library.articles())
    assert all(product.pictures.count() == 2 for product in Product.objects.all())
    assert GuidePage.objects.live().count() == 12
    assert all(guide.picture.title for guide in GuidePage.objects.all())
    assert Merchant.objects.count() == 4
    assert all(merchant.logo.size for merchant in Merchant.objects.all())
    assert Category.objects.filter(depth=1).exclude(service_promise="").count() == 3
    assert {round.state for round in Round.objects.all()} == {
        RoundState.OPEN,
        RoundState.ANNOUNCED,
    }
    assert "Products: 46 of 46" in printed
    for path in ("/", "/guides/", "/auditions/", GuidePage.objects.first().url):
        assert client.get(path).status_code == 200

    assert run(capsys) == ""
    assert counts() == after_once

    (own_folder / "demo-logins.json").unlink()
    Product.objects.get(feed_id="FS-HP-04").delete()
    printed = run(capsys)

    # New passwords for the doors, and nothing back that somebody has deleted.
    login = logins.read_logins()["editor"]
    assert login["password"] in printed
    assert authenticate(username=login["email"], password=login["password"])
    assert not Product.objects.filter(feed_id="FS-HP-04").exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("small_pictures")
def test_a_run_that_was_killed_is_gone_on_with(capsys, monkeypatch):
    whole = goods.create_product
    left = iter(range(20))

    def killed_after_twenty(**fields):
        if next(left, None) is None:
            raise KeyboardInterrupt
        return whole(**fields)

    monkeypatch.setattr(goods, "create_product", killed_after_twenty)
    with pytest.raises(KeyboardInterrupt):
        run(capsys)
    assert Product.objects.count() == 20
    before = logins.read_logins()

    monkeypatch.setattr(goods, "create_product", whole)
    run(capsys)

    assert Product.objects.count() == len(library.articles())
    assert logins.read_logins() == before
    there = counts()
    assert there["Picture"] == 2 * there["Product"] + 12 + sum(
        block.kind == "picture" for guide in library.guides() for block in guide.body
    )


@pytest.mark.django_db
class TestLogins:
    def test_open_the_door_and_are_kept_from_others(self, capsys, own_folder):
        people.add_people(silent)
        file = own_folder / "demo-logins.json"
        known = json.loads(file.read_text())
        printed = run(capsys, "--logins")

        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert list(known)[:4] == ["admin", "editor", "merchant", "shopper"]
        for login in known.values():
            assert f"{login['email']}  " in printed
            assert login["password"] in printed
            assert authenticate(username=login["email"], password=login["password"])

    def test_only_some_may_enter_the_editors_admin_and_shoppers_cannot_sign_in(self):
        people.add_people(silent)
        admitted = {
            role
            for role, email in logins.ROLES.items()
            if User.objects.get(email=email).has_perm("wagtailadmin.access_admin")
        }

        assert admitted == {"admin", "editor"}
        assert not User.objects.get(email="shopper7@example.com").has_usable_password()


@pytest.mark.django_db
def test_a_site_in_use_is_left_alone(capsys):
    UserFactory()
    before = counts()

    with pytest.raises(CommandError, match="1 account"):
        run(capsys)
    assert counts() == before


def test_logins_of_no_world_are_refused_with_what_to_do(capsys):
    with pytest.raises(CommandError, match=r"manage\.py demo"):
        run(capsys, "--logins")


def test_a_folder_that_is_none_is_refused(capsys, tmp_path):
    with pytest.raises(CommandError, match="not a folder"):
        run(capsys, "--media", str(tmp_path / "nowhere"))


def test_two_at_once_are_refused(capsys, own_folder):
    with (own_folder / "demo.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)

        with pytest.raises(CommandError, match="already"):
            run(capsys)
