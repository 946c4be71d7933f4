import gzip
import io
import tracemalloc
from datetime import date
from decimal import Decimal

import pytest

from products.choices import FeedFormat
from products.errors import FeedUnreadableError
from products.feeds import read_feed, sniff_format
from products.feeds.files import MAX_LINE, CountedFile, unpacked
from tests.products.feeds import HEADER, json_lines, packed, rss, tsv

COOKER = ("a1", "Rice cooker", "79.90 EUR", "Kitchen > Rice cookers", "4006381333931", "")


def read(content):
    feed_format = sniff_format(io.BytesIO(content))
    return list(read_feed(unpacked(CountedFile(io.BytesIO(content))), feed_format))


def only(content):
    [line] = read(content)
    assert line.problem == ""
    return line.item


def problem_of(content):
    [line] = read(content)
    assert line.item is None
    return line.problem


# --- Which format


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (tsv(COOKER), FeedFormat.GOOGLE_TSV),
        (rss(), FeedFormat.GOOGLE_XML),
        (json_lines({"id": "1"}), FeedFormat.JSON_LINES),
        (b"\xef\xbb\xbf" + tsv(COOKER), FeedFormat.GOOGLE_TSV),
        (tsv(COOKER).decode().encode("utf-16"), FeedFormat.GOOGLE_TSV),
        (packed(rss()), FeedFormat.GOOGLE_XML),
    ],
)
def test_the_format_is_found_out_from_the_file(content, expected):
    file = io.BytesIO(content)
    assert sniff_format(file) == expected
    assert file.tell() == 0


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"PK\x03\x04 a spreadsheet", "Save it as tab-separated"),
        (b'[{"id": "1"}]', "one object on each line"),
        (b"id,title\n1,Cooker", "not a feed we can read"),
        (b"", "not a feed we can read"),
        (b"\x89PNG\r\n\x1a\n\0\0", "not a feed we can read"),
        (b"\x1f\x8bbroken", "gzip file is broken"),
    ],
)
def test_what_is_no_feed_is_refused_with_what_to_do(content, sentence):
    with pytest.raises(FeedUnreadableError, match=sentence):
        sniff_format(io.BytesIO(content))


# --- Tab-separated


def test_a_tab_separated_line_becomes_a_product():
    item = only(
        tsv(
            (*COOKER[:5], "https://example.org/a.jpg", "in stock", "red", "A & B", "M1"),
            header=(*HEADER, "availability", "color", "brand", "mpn"),
        )
    )
    assert (item.feed_id, item.title, item.brand, item.mpn) == ("a1", "Rice cooker", "A & B", "M1")
    assert (item.price, item.currency, item.gtin) == (Decimal("79.90"), "EUR", "4006381333931")
    assert item.category_path == ("Kitchen", "Rice cookers")
    assert item.attributes == {"color": "red"}
    assert item.facts == {"image_link": "https://example.org/a.jpg", "availability": "in_stock"}


def test_columns_may_be_written_with_spaces_and_cells_with_quotation_marks():
    item = only(b'ID\tTitle\tPrice\tImage Link\n1\t"A 15"" screen"\t5 EUR\thttp://e.org/1.jpg')
    assert item.title == 'A 15" screen'
    assert item.facts == {"image_link": "http://e.org/1.jpg"}


def test_a_stray_quotation_mark_does_not_swallow_the_next_line():
    lines = read(tsv(("1", '"15 inch', "5 EUR"), ("2", "Next", "6 EUR")))
    assert [line.item.title for line in lines] == ['"15 inch', "Next"]


def test_product_details_become_attributes_and_keep_their_commas():
    item = only(
        tsv(
            ("1", "A", "5 EUR", "Power:Watts:700,Size:Cups:3, 5 or 8,General:Ratio:16:9"),
            header=("id", "title", "price", "product_detail"),
        )
    )
    assert item.attributes == {"Watts": "700", "Cups": "3, 5 or 8", "Ratio": "16:9"}


def test_googles_category_is_taken_where_the_merchant_names_none():
    header = ("id", "title", "price", "google_product_category")
    assert only(tsv(("1", "A", "5 EUR", "Home > Kitchen"), header=header)).category_path == (
        "Home",
        "Kitchen",
    )
    assert only(tsv(("1", "A", "5 EUR", "6070"), header=header)).category_path == ()


def test_a_feed_without_the_columns_it_needs_is_refused():
    with pytest.raises(FeedUnreadableError, match="id is missing"):
        read(b"name\ttitle\n1\tA")


@pytest.mark.parametrize(
    ("cells", "sentence"),
    [
        (("", "A", "5 EUR"), "id is missing."),
        (("1", " ", "5 EUR"), "title is missing."),
        (("1", "A" * 301, "5 EUR"), "title has 301 characters; at most 300 fit."),
        (("1", "A", ""), "price is missing."),
        (("1", "A", "5"), "“5” is not a price. Write it as 12.50 EUR."),
        (("1", "A", "5,50 EUR"), "“5,50” is not a price. Write it as 12.50 EUR."),
        (("1", "A", "NaN EUR"), "“NaN” is not a price. Write it as 12.50 EUR."),
        (("1", "A", "-5 EUR"), "A price is between 0 and 9999999999.99."),
        (("1", "A", "1e99 EUR"), "A price is between 0 and 9999999999.99."),
        (("1", "A", "5.001 EUR"), "A price has at most two decimals: 5.001."),
        (("1", "A", "5 Euro"), "“EURO” is not a currency. Write three letters, such as EUR."),
        (("1", "A", "5 EUR", "a>b>c>d>e>f"), "The category has 6 levels; at most 5 are possible."),
        (
            ("1", "A", "5 EUR", "", "4006381333932"),
            "“4006381333932” is not a valid GTIN: check the digits under the barcode.",
        ),
        (
            ("1", "A", "5 EUR", "", "", "file:///etc/passwd"),
            "image_link must begin with https:// or http://.",
        ),
        (("1", "A", "5 EUR", "", "", "", "x"), "There are 7 columns, but the first line names 6."),
        (("", "", "5 EUR"), "id is missing. title is missing."),
    ],
)
def test_each_bad_line_says_everything_that_is_wrong_with_it(cells, sentence):
    assert problem_of(tsv(cells)) == sentence


def test_bad_lines_carry_their_number_and_the_good_ones_go_on():
    content = (
        tsv(COOKER, ("", "No id", "1 EUR"), ("b2", "Pan", "20 EUR")) + b"\n\n\nc3\t\xff\t1 EUR"
    )
    lines = read(content)
    assert [line.line for line in lines] == [2, 3, 4, 7]
    assert [bool(line.item) for line in lines] == [True, False, True, False]
    assert lines[3].problem == "This line is not UTF-8 text. Save the file as UTF-8."


def test_an_endless_line_is_one_bad_line():
    lines = read(tsv(COOKER) + b"\n" + b"x" * (3 * MAX_LINE) + b"\n" + b"c3\tPan\t5 EUR")
    assert [line.line for line in lines] == [2, 3, 4]
    assert lines[1].problem == "This line is longer than a million characters."
    assert lines[2].item.title == "Pan"


# --- GTINs


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("4006381333931", "4006381333931"),
        ("40 0638-1333931", "4006381333931"),
        ("96385074", "96385074"),
        ("85896333746", "085896333746"),  # a spreadsheet dropped the zero
        ("", ""),
    ],
)
def test_gtins_are_stored_as_digits(written, stored):
    assert only(tsv(("1", "A", "5 EUR", "", written))).gtin == stored


# --- XML

ITEM = """<g:id>x1</g:id><title>A &amp; B</title><description>Cooks.</description>
<g:price>10.00 GBP</g:price><g:gtin>4006381333931</g:gtin>
<g:product_type>Kitchen &gt; Pans</g:product_type>
<g:additional_image_link>https://e.org/1.jpg</g:additional_image_link>
<g:additional_image_link>https://e.org/2.jpg</g:additional_image_link>
<g:product_detail><g:section_name>General</g:section_name>
<g:attribute_name>Coating</g:attribute_name><g:attribute_value>1:2, 3:4:5</g:attribute_value>
</g:product_detail><g:item_group_id>pans</g:item_group_id>
<g:shipping><g:country>DE</g:country><g:price>4 EUR</g:price></g:shipping>"""


def test_an_rss_item_becomes_a_product():
    [line] = read(rss(ITEM))
    item = line.item
    assert line.line == 4
    assert (item.feed_id, item.title, item.description) == ("x1", "A & B", "Cooks.")
    assert (item.price, item.currency) == (Decimal("10.00"), "GBP")
    assert item.category_path == ("Kitchen", "Pans")
    assert item.attributes == {"Coating": "1:2, 3:4:5"}
    assert item.facts == {
        "additional_image_link": ["https://e.org/1.jpg", "https://e.org/2.jpg"],
        "item_group_id": "pans",
    }


def test_an_atom_entry_becomes_a_product():
    content = b"""<feed xmlns="http://www.w3.org/2005/Atom"
        xmlns:g="http://base.google.com/ns/1.0"><title>Shop</title>
        <entry><g:id>1</g:id><title>Pan</title><g:price>5 EUR</g:price></entry></feed>"""
    assert only(content).title == "Pan"


def test_a_bad_item_carries_the_line_where_it_begins():
    bad, good = "<g:id>b</g:id>", "<g:id>g</g:id><title>T</title><g:price>1 EUR</g:price>"
    lines = read(rss(bad, good))
    assert [(line.line, line.problem) for line in lines] == [
        (4, "price is missing. title is missing."),
        (7, ""),
    ]


def test_what_comes_before_a_break_in_the_xml_is_read():
    broken = rss(ITEM).removesuffix(b"</channel></rss>") + b"<oops></channel>"
    lines = read_feed(io.BytesIO(broken), FeedFormat.GOOGLE_XML)
    assert next(lines).item.feed_id == "x1"
    with pytest.raises(FeedUnreadableError, match="line"):
        next(lines)


LAUGHS = (
    b'<!DOCTYPE rss [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
    b"<rss><channel><item><title>&b;</title></item></channel></rss>"
)
OUTSIDE = (
    b'<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
    b"<rss><channel><item><title>&a;</title></item></channel></rss>"
)


@pytest.mark.parametrize("content", [LAUGHS, OUTSIDE])
def test_xml_with_entities_is_refused(content):
    with pytest.raises(FeedUnreadableError, match="Remove the DOCTYPE"):
        read(content)


def test_xml_that_only_opens_is_refused():
    with pytest.raises(FeedUnreadableError, match="nested too deep"):
        read(b"<a>" * 1_000)


def test_an_item_that_never_ends_is_one_bad_line_in_little_memory():
    huge = rss(ITEM.replace("Cooks.", "x" * 20_000_000), ITEM)
    tracemalloc.start()
    try:
        lines = list(read_feed(io.BytesIO(huge), FeedFormat.GOOGLE_XML))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert [bool(line.item) for line in lines] == [False, True]
    assert lines[0].problem == "This product has more than a million characters."
    assert peak < 30_000_000  # of which the copy of the file in BytesIO may be 20


# --- JSON lines


def test_a_json_line_becomes_a_product():
    item = only(
        json_lines(
            {
                "id": 7,
                "title": "Cyan  ink",
                "brand": "HP",
                "gtin": ["123", "0882780756328"],
                "price_cents": 12595,
                "released": "2006-07-01",
                "attributes": {"weight": 190.0, "rohs": True},
                "watts": 5,
            }
        )
    )
    assert (item.feed_id, item.title, item.gtin) == ("7", "Cyan ink", "0882780756328")
    assert (item.price, item.currency) == (Decimal("125.95"), "EUR")
    assert item.released == date(2006, 7, 1)
    assert item.attributes == {"weight": 190.0, "rohs": True}
    assert item.extra == {"watts": 5}


@pytest.mark.parametrize(
    ("record", "price", "currency"),
    [
        ({"price": "12.50 GBP"}, Decimal("12.50"), "GBP"),
        ({"price": 12.5}, Decimal("12.50"), "EUR"),
        ({"price": "12.50", "currency": "chf"}, Decimal("12.50"), "CHF"),
        ({}, None, "EUR"),
    ],
)
def test_prices_in_json(record, price, currency):
    item = only(json_lines({"id": "1", "title": "A"} | record))
    assert (item.price, item.currency) == (price, currency)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        (b'{"id": "1"', "This is not JSON"),
        (b'{"id": "1", "title": "A", "price": NaN}', "NaN is not a number"),
        (b'{"id": ' + b"[" * 100_000, "This is not JSON"),
        (b'{"id": 1' + b"0" * 5_000 + b"}", "This is not JSON"),
        (b'{"id": ["1"], "title": "A"}', "id must be text."),
        (b'{"id": "1", "title": "A", "attributes": []}x', "This is not JSON"),
        (b'{"id": "1", "title": "A", "attributes": [1]}', "attributes must be an object"),
        (b'{"id": "1", "title": "A", "released": "soon"}', "“soon” is not a date."),
        (b'{"id": "1", "title": "A", "price_cents": 1.5}', "price_cents must be a whole number."),
    ],
)
def test_bad_json_lines_say_what_is_wrong(line, sentence):
    assert sentence in problem_of(line)


def test_what_databases_cannot_store_is_left_out():
    item = only(b'{"id": "1", "title": "A\\u0000B\\ud800C", "description": "x\\u0000\\n\\ny"}')
    assert item.title == "A B C"
    assert item.description == "x \n\ny"


# --- Files


def test_a_file_that_breaks_off_is_read_up_to_there():
    content = packed(json_lines(*({"id": str(n), "title": f"A{n}" * 40} for n in range(5_000))))
    lines = read_feed(unpacked(CountedFile(io.BytesIO(content[:-2_000]))), FeedFormat.JSON_LINES)
    whole = []
    with pytest.raises(FeedUnreadableError, match="breaks off or is damaged after line"):
        whole.extend(lines)
    assert len(whole) > 1_000
    assert not any(line.problem for line in whole)


def test_a_bomb_is_read_line_by_line_in_little_memory(monkeypatch):
    monkeypatch.setattr("products.feeds.files.MAX_UNPACKED", 50_000_000)
    bomb = io.BytesIO()
    with gzip.GzipFile(fileobj=bomb, mode="wb", compresslevel=1) as file:
        for _ in range(60):
            file.write(b" " * 1_000_000)
    bomb.seek(0)
    tracemalloc.start()
    try:
        with pytest.raises(FeedUnreadableError, match="larger than 4 GB"):
            list(read_feed(unpacked(CountedFile(bomb)), FeedFormat.JSON_LINES))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 25_000_000
