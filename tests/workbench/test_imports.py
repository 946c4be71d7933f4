import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from products.choices import ImportState
from products.models import FeedImport, Product
from tests.factories.merchants import MerchantFactory

FEED = (
    "id\ttitle\tprice\tbrand\n"
    "A-1\tKamado 1.0\t49.90 EUR\tKamado\n"
    "A-2\t\t59.90 EUR\tKamado\n"
    "A-3\tKamado 1.8\t79.90 EUR\tKamado\n"
)


def feed(text=FEED, name="feed.tsv"):
    return SimpleUploadedFile(name, text.encode(), "text/tab-separated-values")


@pytest.fixture
def imported(browser, address, django_capture_on_commit_callbacks):
    """Sends a feed in and lets the worker's task run, as it does once the row is committed."""

    def send(**fields):
        with django_capture_on_commit_callbacks(execute=True):
            return browser.post(address("imports/"), {"file": feed(), **fields})

    return send


def test_a_feed_goes_in_and_each_bad_line_is_named(browser, address, merchant, imported):
    response = imported()

    feed_import = FeedImport.objects.get(merchant=merchant)
    assert response.headers["Location"] == address(f"imports/{feed_import.uuid}/")
    assert feed_import.state == ImportState.FINISHED
    assert set(merchant.products.values_list("feed_id", flat=True)) == {"A-1", "A-3"}
    page = browser.get(address(f"imports/{feed_import.uuid}/"))
    [problem] = page.context["page"]
    assert problem.line == 3
    assert problem.message in page.text.replace("&#x27;", "'")
    assert page.context["percent"] == 100
    assert "hx-trigger" not in page.text


def test_the_same_feed_again_doubles_nothing(imported, merchant):
    imported()
    imported()

    assert merchant.products.count() == 2
    assert FeedImport.objects.first().unchanged_count == 2


def test_progress_asks_for_itself_until_it_is_over(browser, address, merchant, member):
    running = FeedImport.objects.create(
        merchant=merchant,
        started_by=member,
        filename="feed.tsv",
        format="google_tsv",
        state=ImportState.RUNNING,
        size=200,
        offset=50,
        line=7,
    )
    url = address(f"imports/{running.uuid}/progress/")
    fragment = browser.get(url)

    assert fragment.context["percent"] == 25
    assert f'hx-get="{url}"' in fragment.text
    assert "<html" not in fragment.text
    running.state = ImportState.FINISHED
    running.save()
    assert "hx-get" not in browser.get(url).text


def test_what_is_no_feed_is_refused_with_a_sentence(browser, address):
    response = browser.post(address("imports/"), {"file": feed("\x00\x01\x02", "x.bin")})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["file"]
    assert not FeedImport.objects.exists()
    assert not Product.objects.exists()


def test_a_file_has_to_be_chosen(browser, address):
    assert list(browser.post(address("imports/"), {}).context["form"].errors) == ["file"]


def test_other_merchants_imports_are_not_found(browser, address):
    foreign = FeedImport.objects.create(
        merchant=MerchantFactory(), filename="theirs.tsv", format="google_tsv"
    )

    assert browser.get(address(f"imports/{foreign.uuid}/")).status_code == 404
    assert browser.get(address(f"imports/{foreign.uuid}/progress/")).status_code == 404
    assert "theirs.tsv" not in browser.get(address("imports/")).text
