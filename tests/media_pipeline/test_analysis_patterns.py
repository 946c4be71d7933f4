import time

import pytest

from media_pipeline.analysis.patterns import Matter, matters_in


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("Visit example.com today", "example.com"),
        ("www.example.com", "www.example.com"),
        ("WWW.EXAMPLE.COM", "WWW.EXAMPLE.COM"),
        ("www,example.com", "www,example.com"),
        ("https://example.org/x?y=1", "https://example.org/x?y=1"),
        ("shop.example.co.uk", "shop.example.co.uk"),
        ("Write to info@example.com.", "info@example.com"),
        ("sales @ example.de", "sales @ example.de"),
        ("example.shop/sale", "example.shop/sale"),
        ("my-store dot com", "my-store dot com"),
        ("brand.it", "brand.it"),
        ("brand.it/offers", "brand.it/offers"),
        ("Chat: wa.me/4915112345678", "wa.me/4915112345678"),
        ("café-müller.de", "café-müller.de"),
    ],
)
def test_addresses(text, address):
    assert matters_in(text) == [Matter("address", address)]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("+49 30 123456", "+49 30 123456"),
        ("0049 30 1234567", "0049 30 1234567"),
        ("+1 (555) 010-9999", "+1 (555) 010-9999"),
        ("(555) 123-4567", "(555) 123-4567"),
        ("Call 555-123-4567", "555-123-4567"),
        ("1-800-FLOWERS", "1-800-FLOWERS"),
        ("01632 960 983", "01632 960 983"),
        ("0800 123 4567", "0800 123 4567"),
        ("Tel. 030 / 123 45 67", "030 / 123 45 67"),
        ("Tel: 030123456", "030123456"),
        ("01 23 45 67 89", "01 23 45 67 89"),
        ("WhatsApp 07700 900123", "07700 900123"),
        ("(030) 1234567", "(030) 1234567"),
        ("+86 138 0013 8000", "+86 138 0013 8000"),
    ],
)
def test_telephone_numbers(text, number):
    assert matters_in(text) == [Matter("telephone", number)]


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("Only €19.99", "€19.99"),
        ("19,99 €", "19,99 €"),
        ("$5", "$5"),
        ("£1,299.00", "£1,299.00"),
        ("1.299,00 EUR", "1.299,00 EUR"),
        ("USD 25", "USD 25"),
        ("19,-", "19,-"),
        ("Fr. 49.90", "Fr. 49.90"),
        ("499 kr", "499 kr"),
        ("129 zł", "129 zł"),
        ("20 euros", "20 euros"),
        ("now 29.95", "now 29.95"),
        ("Only19.99", "Only19.99"),
        ("50% off", "50% off"),
        ("SALE -30%", "SALE -30%"),
        ("-20%", "-20%"),
        ("Save up to 20%", "Save up to 20%"),
    ],
)
def test_prices(text, price):
    assert matters_in(text) == [Matter("price", price)]


@pytest.mark.parametrize(
    "text",
    [
        "The kettle boils 1.7 litres in 3:45 minutes.",
        "Model KX-2000.550",
        "GTIN 4006381333931, EAN 0 602557 882544",
        "ISBN 978-3-16-148410-0",
        "Filmed 2026-11-23, 23.11.2026, 12/05/2024 - 14/05/2024",
        "1920 × 1080, 16:9, 29.97 fps, H.264",
        "192.168.100.1",
        "Version 10.15.7",
        "Open 08:30 - 18:00",
        "100% cotton, 50% less noise, kills 99.9% of germs",
        "220-240 V 50/60 Hz 2200 W",
        "It is great.It works. Sleep well in your bed.No noise",
        "node.js and vue.js",
        "10.5 x 20.75 cm, only 1.25 kg, from 10.50 to 12.45",
        "Part no. 0445 110 183, SKU 100-200-3000, Serial 0123456789",
        "ISO 9001:2015, DIN EN 14344:2004, IP67, RAL 9010",
        "1,299 reviews, 4.8/5 stars, 100,000 cycles, 10,000 mAh",
        "Size 38-40-42, E27 9W, 5 C",
        "Mobile phone holder 360° 15-20 cm, Signal 2.4 GHz 5 GHz",
        "Dr. Smith & Co. KG, U.S. made, a.m. to p.m.",
        "vol.2",
        "",
    ],
)
def test_what_only_looks_similar(text):
    assert matters_in(text) == []


def test_each_matter_is_told_once_and_kinds_stay_apart():
    text = "example.com, EXAMPLE.COM or 0800 123 4567: only €5"
    assert matters_in(text) == [
        Matter("address", "example.com"),
        Matter("telephone", "0800 123 4567"),
        Matter("price", "€5"),
    ]


@pytest.mark.parametrize("line", ["E19.99", "19,99 C", "19,99"])
def test_a_misread_euro_sign_counts_only_where_pictures_are_read(line):
    assert matters_in(line, misread=True) == [Matter("price", line)]
    assert matters_in(line) == []
    assert matters_in(f"Class {line}", misread=True) == []


@pytest.mark.parametrize("piece", ["1.", "a.", "a-", "-1", "01 ", "a@", "tel 1 ", "(0", "https:/ "])
def test_a_text_written_to_take_long_does_not(piece):
    began = time.process_time()
    matters_in(piece * 5000)
    assert time.process_time() - began < 2
