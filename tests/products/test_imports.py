import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from core.errors import ActionRefusedError
from products import services, tasks
from products.choices import AttributeKind, ImportState, ProductState
from products.errors import FeedUnreadableError
from products.models import Category, FeedImport, Product
from products.selectors import imports_to_take_up
from products.services import imports
from products.signals import product_changed
from search.models import OutboxEntry
from tests.factories.merchants import MerchantFactory
from tests.factories.products import AttributeFactory, CategoryFactory, ProductFactory
from tests.products.feeds import feed_file, json_lines, packed, rss, tsv

pytestmark = pytest.mark.django_db

ICECAT = Path(settings.BASE_DIR).parent / "shared/data/icecat/products.jsonl.gz"


def start(content, merchant=None, **options):
    return services.start_import(
        merchant=merchant or MerchantFactory(),
        user=None,
        file=feed_file(content),
        filename="feed.txt",
        **options,
    )


def run(content, merchant=None, **options):
    """An import from start to end; the row as it is then."""
    feed_import = start(content, merchant, **options)
    assert services.run_import(import_id=feed_import.pk)
    feed_import.refresh_from_db()
    return feed_import


def counts(feed_import):
    return (
        feed_import.created_count,
        feed_import.updated_count,
        feed_import.unchanged_count,
        feed_import.bad_count,
    )


def record(number, **fields):
    return {"id": str(number), "title": f"Product {number}", "price": "5 EUR"} | fields


def many(count, **fields):
    return json_lines(*(record(number, **fields) for number in range(count)))


# --- What goes in


def test_good_lines_go_in_and_each_bad_one_is_reported():
    bad = record(2, gtin="123")
    feed_import = run(json_lines(record(1), bad, record(3)))
    assert feed_import.state == ImportState.FINISHED
    assert counts(feed_import) == (2, 0, 0, 1)
    [problem] = feed_import.problems.all()
    assert problem.line == 2
    assert "“123” is not a valid GTIN" in problem.message
    assert set(Product.objects.values_list("feed_id", "state")) == {
        ("1", ProductState.LISTED),
        ("3", ProductState.LISTED),
    }


def test_the_same_feed_again_changes_nothing():
    merchant = MerchantFactory()
    content = many(20, category="Kitchen > Pans", attributes={"width": 3, "oven": True})
    assert counts(run(content, merchant)) == (20, 0, 0, 0)
    before = list(Product.objects.order_by("pk").values())
    assert counts(run(content, merchant)) == (0, 0, 20, 0)
    assert list(Product.objects.order_by("pk").values()) == before


def test_a_changed_line_updates_its_product_and_nothing_of_the_merchants_own():
    merchant = MerchantFactory()
    run(json_lines(record(1), record(2)), merchant)
    product = Product.objects.get(feed_id="1")
    services.withdraw_product(product=product)
    changed = record(1, title="New title", price="6.50 GBP", brand="B")
    feed_import = run(json_lines(changed, record(2)), merchant)
    assert counts(feed_import) == (0, 1, 1, 0)
    after = Product.objects.get(feed_id="1")
    assert (after.pk, after.created_at) == (product.pk, product.created_at)
    assert (after.title, after.slug, str(after.price), after.currency) == (
        "New title",
        "new-title",
        "6.50",
        "GBP",
    )
    assert after.state == ProductState.WITHDRAWN
    assert after.updated_at > product.updated_at


def test_two_merchants_may_use_the_same_ids():
    run(many(2))
    assert counts(run(many(2))) == (2, 0, 0, 0)
    assert Product.objects.count() == 4


def test_an_id_that_comes_twice_is_reported_and_the_first_counts():
    content = json_lines(record(1), record(2), record(1, title="Again"))
    merchant = MerchantFactory()
    feed_import = run(content, merchant)
    assert counts(feed_import) == (2, 0, 0, 1)
    assert feed_import.problems.get().message == "The id “1” stands in this feed before."
    assert counts(run(content, merchant)) == (0, 0, 2, 1)


@pytest.mark.parametrize(
    "content",
    [
        tsv(("1", "Pan", "5.00 EUR", "Kitchen", "4006381333931", "")),
        rss(
            "<g:id>1</g:id><title>Pan</title><g:price>5 EUR</g:price>"
            "<g:gtin>4006381333931</g:gtin><g:product_type>Kitchen</g:product_type>"
        ),
        packed(
            json_lines(
                {
                    "id": "1",
                    "title": "Pan",
                    "price_cents": 500,
                    "gtin": "4006381333931",
                    "category": "Kitchen",
                }
            )
        ),
    ],
    ids=["tsv", "xml", "json.gz"],
)
def test_every_format_makes_the_same_product(content):
    run(content)
    product = Product.objects.get()
    assert (product.feed_id, product.title, product.slug) == ("1", "Pan", "pan")
    assert (str(product.price), product.gtin) == ("5.00", "4006381333931")
    assert (product.category.name, product.category.get_parent().name) == (
        "Kitchen",
        "Everything else",
    )


# --- Categories and attributes


def test_categories_are_made_once_below_the_imports_own():
    base = CategoryFactory(name="Home")
    content = json_lines(
        record(1, category="Kitchen > Pans"),
        record(2, category="kitchen > PANS"),
        record(3, category="Kitchen > Pots"),
        record(4),
    )
    run(content, category=base)
    by_id = {p.feed_id: p.category for p in Product.objects.select_related("category")}
    assert by_id["1"] == by_id["2"] != by_id["3"]
    assert by_id["4"] == base
    base.refresh_from_db()
    assert [child.name for child in base.get_children()] == ["Kitchen"]
    assert [child.name for child in base.get_descendants()] == ["Kitchen", "Pans", "Pots"]


def test_a_category_of_ours_is_understood_by_its_name():
    ours = CategoryFactory(name="Rice cookers")
    run(json_lines(record(1, category="Home & Garden > Kitchen > rice cookers")))
    assert Product.objects.get().category == ours
    assert Category.objects.count() == 1


def test_a_feed_cannot_flood_the_tree_of_categories(monkeypatch):
    monkeypatch.setattr("products.services.feed_categories.MAX_NEW", 2)
    feed_import = run(json_lines(*(record(n, category=f"Sort {n}") for n in range(4))))
    assert counts(feed_import) == (2, 0, 0, 2)
    assert "more than 2 new categories" in feed_import.problems.first().message


def test_a_category_chosen_by_hand_stays_where_the_feed_says_nothing():
    merchant = MerchantFactory()
    run(json_lines(record(1)), merchant)
    better = CategoryFactory()
    services.update_product(product=Product.objects.get(), category=better)
    assert counts(run(json_lines(record(1)), merchant)) == (0, 0, 1, 0)
    assert Product.objects.get().category == better


def test_what_the_category_defines_has_its_kind_and_may_come_as_a_column():
    cookers = CategoryFactory(name="Rice cookers")
    AttributeFactory(category=cookers, key="cups", kind=AttributeKind.NUMBER, required=True)
    header = ("id", "title", "price", "product_type", "cups", "secret")
    feed_import = run(
        tsv(
            ("1", "A", "5 EUR", "Rice cookers", "5.5", "x"),
            ("2", "B", "5 EUR", "Rice cookers", "some", "x"),
            ("3", "C", "5 EUR", "Rice cookers", "", "x"),
            header=header,
        )
    )
    assert Product.objects.get().attributes == {"cups": 5.5}
    assert [problem.message for problem in feed_import.problems.all()] == [
        "Cups must be a number, not “some”.",
        "Cups is missing.",
    ]


# --- Telling search, showing progress


def test_each_batch_tells_what_it_changed(monkeypatch):
    monkeypatch.setattr(imports, "BATCH", 4)
    told = []

    def note(product_ids, **kwargs):
        told.append(product_ids)

    product_changed.connect(note)
    try:
        merchant = MerchantFactory()
        run(many(6), merchant)
        run(many(6), merchant)
    finally:
        product_changed.disconnect(note)
    assert [len(ids) for ids in told] == [4, 2]
    assert {pk for ids in told for pk in ids} == set(Product.objects.values_list("pk", flat=True))


def test_search_takes_up_what_a_person_did_before_all_that_an_import_changed():
    shelf = CategoryFactory(name="Kettles")
    ProductFactory(category=shelf)
    OutboxEntry.objects.all().delete()

    run(json_lines(record(1), record(2, category="Pans")), category=shelf)

    noted = set(OutboxEntry.objects.values_list("kind", "can_wait"))
    assert {kind for kind, _can_wait in noted} == {"product", "category"}
    assert all(can_wait for _kind, can_wait in noted)


def test_progress_goes_up_to_the_whole(monkeypatch):
    monkeypatch.setattr(imports, "BATCH", 100)
    # Random-looking titles: what packs well would be read in one gulp.
    content = json_lines(*(record(n, title=os.urandom(400).hex()[:300]) for n in range(1_000)))
    feed_import = start(content)
    seen = []
    services.run_import(
        import_id=feed_import.pk, on_progress=lambda row: seen.append((row.line, row.fraction))
    )
    assert [line for line, _fraction in seen] == list(range(100, 1_001, 100))
    fractions = [fraction for _line, fraction in seen]
    assert fractions == sorted(fractions)
    assert fractions[0] < 0.5
    assert fractions[-1] == 1.0


def test_four_hundred_lines_do_not_take_hundreds_of_queries(django_assert_max_num_queries):
    first = start(many(400, category="Kitchen"))
    with django_assert_max_num_queries(60):
        services.run_import(import_id=first.pk)


def test_an_endless_list_of_problems_is_cut_but_counted(monkeypatch):
    monkeypatch.setattr(imports, "BATCH", 4)
    monkeypatch.setattr(imports, "MAX_PROBLEMS", 6)
    feed_import = run(many(11, gtin="1"))
    assert feed_import.bad_count == 11
    assert feed_import.problems.count() == 6


# --- What can't be read


def test_what_is_no_feed_leaves_no_row():
    with pytest.raises(FeedUnreadableError):
        start(b"\x89PNG not a feed")
    assert not FeedImport.objects.exists()


def test_a_feed_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr(imports, "MAX_BYTES", 10)
    with pytest.raises(FeedUnreadableError, match="200 MB"):
        start(many(1))


def test_a_suspended_merchant_imports_nothing():
    with pytest.raises(ActionRefusedError, match="suspended"):
        start(many(1), MerchantFactory(suspended=True))


def test_what_came_before_a_break_stays_and_the_row_says_where_it_broke():
    item = "<g:id>{}</g:id><title>T</title><g:price>1 EUR</g:price>"
    content = rss(item.format(1), item.format(2)).replace(b"</channel>", b"<oops></channel>")
    feed_import = run(content)
    assert feed_import.state == ImportState.FAILED
    assert "line 10" in feed_import.error
    assert counts(feed_import) == (2, 0, 0, 0)


# --- Leases, and what happens when a worker dies


def test_a_stored_feed_is_given_to_a_worker_after_the_commit(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        feed_import = start(many(3))
        assert feed_import.state == ImportState.WAITING
    feed_import.refresh_from_db()
    assert feed_import.state == ImportState.FINISHED
    assert Product.objects.count() == 3


def test_only_one_works_on_an_import():
    feed_import = start(many(3), in_background=False)
    assert not services.run_import(import_id=feed_import.pk)  # its maker holds it
    assert imports_to_take_up() == []
    assert services.run_import(import_id=feed_import.pk, lease_token=feed_import.lease_token)
    assert not services.run_import(import_id=feed_import.pk)  # it is over
    assert Product.objects.count() == 3


def test_beat_takes_up_what_nobody_works_on():
    waiting, held = start(many(2)), start(many(3), in_background=False)
    tasks.resume_imports()
    waiting.refresh_from_db()
    held.refresh_from_db()
    assert (waiting.state, held.state) == (ImportState.FINISHED, ImportState.WAITING)
    with time_machine.travel(timezone.now() + imports.LEASE + timedelta(seconds=1)):
        tasks.resume_imports()
    held.refresh_from_db()
    assert held.state == ImportState.FINISHED


def test_one_who_lost_the_lease_writes_nothing_more(monkeypatch):
    monkeypatch.setattr(imports, "BATCH", 2)
    feed_import = start(many(6))

    def lose_it(row):
        # Another worker took over and is at the end already.
        FeedImport.objects.filter(pk=row.pk).update(lease_token=None, state=ImportState.FINISHED)

    assert not services.run_import(import_id=feed_import.pk, on_progress=lose_it)
    assert Product.objects.count() == 2
    feed_import.refresh_from_db()
    assert feed_import.line == 2


def test_a_feed_that_kills_its_workers_is_given_up():
    feed_import = start(many(2))
    FeedImport.objects.update(attempts=imports.MAX_ATTEMPTS)
    assert not services.run_import(import_id=feed_import.pk)
    feed_import.refresh_from_db()
    assert feed_import.state == ImportState.FAILED
    assert "stopped 5 times" in feed_import.error
    assert imports_to_take_up() == []


KILLED_IN_THE_THIRD_BATCH = """
import os, signal, sys
import django
from django.conf import settings
settings.DATABASES["default"].update({database!r})
settings.MEDIA_ROOT = {media_root!r}
django.setup()
from products.services import imports
from products.signals import product_changed
batches = []
def die(**kwargs):
    batches.append(1)
    if len(batches) == 3:
        os.kill(os.getpid(), signal.SIGKILL)
product_changed.connect(die)
imports.BATCH = 10
imports.run_import(import_id={import_id})
"""


@pytest.mark.django_db(transaction=True)
def test_an_import_that_was_killed_goes_on_without_doubling_anything(monkeypatch):
    monkeypatch.setattr(imports, "BATCH", 10)
    content = json_lines(*(record(n, gtin="1" if n % 10 == 5 else "") for n in range(45)))
    feed_import = start(content, in_background=False)
    FeedImport.objects.update(lease_expires_at=None)
    keys = ("NAME", "HOST", "PORT", "USER", "PASSWORD")
    script = KILLED_IN_THE_THIRD_BATCH.format(
        database={key: str(connection.settings_dict[key]) for key in keys},
        media_root=str(settings.MEDIA_ROOT),
        import_id=feed_import.pk,
    )
    died = subprocess.run([sys.executable, "-c", script], cwd=settings.BASE_DIR, timeout=120)
    assert died.returncode == -signal.SIGKILL

    feed_import.refresh_from_db()
    assert (feed_import.state, feed_import.line) == (ImportState.RUNNING, 20)
    assert (Product.objects.count(), feed_import.problems.count()) == (18, 2)
    assert not services.run_import(import_id=feed_import.pk)  # the dead one's lease still holds
    with time_machine.travel(timezone.now() + imports.LEASE + timedelta(seconds=1)):
        tasks.resume_imports()

    feed_import.refresh_from_db()
    assert feed_import.state == ImportState.FINISHED
    assert feed_import.line == 45
    assert counts(feed_import) == (41, 0, 0, 4)
    assert Product.objects.count() == 41
    assert [problem.line for problem in feed_import.problems.all()] == [6, 16, 26, 36]


# --- The command


def test_the_command_imports_for_the_house(tmp_path, capsys):
    path = tmp_path / "feed.tsv"
    path.write_bytes(tsv(("1", "Pan", "5 EUR"), ("", "Pot", "5 EUR")))
    call_command("import_products", str(path))
    shown = capsys.readouterr()
    assert ": 1 created, 0 updated, 0 unchanged, 1 not taken" in shown.out
    assert shown.err == "line 3: id is missing.\n"
    product = Product.objects.select_related("merchant", "category").get()
    assert (product.merchant.slug, product.category.slug) == ("catalogue", "everything-else")
    call_command("import_products", str(path))
    assert ": 0 created, 0 updated, 1 unchanged, 1 not taken" in capsys.readouterr().out


def test_the_command_imports_for_a_merchant_into_a_category(tmp_path):
    merchant, category = MerchantFactory(), CategoryFactory()
    path = tmp_path / "feed"
    path.write_bytes(many(2))
    call_command("import_products", str(path), merchant=merchant.slug, category=category.slug)
    assert Product.objects.filter(merchant=merchant, category=category).count() == 2


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"merchant": "nobody"}, "no merchant “nobody”"),
        ({"category": "nothing"}, "no category “nothing”"),
        ({}, "not a feed we can read"),
    ],
)
def test_the_command_says_what_is_wrong(tmp_path, options, sentence):
    path = tmp_path / "feed"
    path.write_bytes(b"nothing")
    with pytest.raises(CommandError, match=sentence):
        call_command("import_products", str(path), **options)


def test_a_missing_file_is_said_so(tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_products", str(tmp_path / "absent"))


@pytest.mark.skipif(not ICECAT.exists(), reason="the Icecat catalogue is not beside the checkout")
def test_a_real_catalogue_goes_in(tmp_path):
    path = tmp_path / "feed.jsonl.gz"
    path.write_bytes(ICECAT.read_bytes())
    merchant = MerchantFactory()
    ProductFactory(merchant=merchant, feed_id="1399", title="Old title")
    call_command("import_products", str(path), merchant=merchant.slug)
    first = FeedImport.objects.get()
    assert (first.state, first.line, counts(first)) == (
        ImportState.FINISHED,
        19_406,
        (19_405, 1, 0, 0),
    )
    assert Product.objects.count() == 19_406
