"""What is written in demo/content/ is complete, and fits the site that it is for."""

import pytest
from stdnum import ean

from cms.models import GuidePage
from demo import library
from demo.art import gallery
from demo.films.frames import SIZES
from demo.prose import rich_text, words_of
from media_pipeline.models import Video
from products.choices import AttributeKind
from products.models import Product

GUIDES = library.guides()
PRODUCTS = {article.id: article for article in library.articles()}
FILMS = {film.key: film for film in library.films()}
MERCHANTS = {shop.key for shop in library.shops()}


def leaf_shelves():
    return [child for shelf in library.shelves() for child in shelf.children]


def kinds_of(guide):
    return [block.kind for block in guide.body]


def can_be_drawn(art):
    kind, _, rest = art.partition(":")
    if kind in ("product", "setting"):
        return rest in {article.art for article in library.articles()}
    return rest in {"scene": gallery.SCENES, "diagram": gallery.DIAGRAMS}[kind]


def test_the_world_is_as_large_as_promised():
    assert len(MERCHANTS) == 4
    assert len(library.shelves()) == 3
    assert len(GUIDES) == 12
    assert len(PRODUCTS) >= 40
    assert len(FILMS) == 10


def test_every_top_category_makes_a_promise():
    assert [shelf.slug for shelf in library.shelves() if not shelf.service_promise] == []


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.key)
class TestGuides:
    def test_is_long_enough_to_be_useful(self, guide):
        assert len(words_of(guide)) >= 500

    def test_has_what_a_reader_looks_for(self, guide):
        kinds = set(kinds_of(guide))

        assert kinds & {"comparison_table", "specification_table"}
        assert kinds & {"steps", "questions"}
        assert {"heading", "rich_text", "picture", "safety_note", "product"} <= kinds

    def test_fits_the_guides_fields(self, guide):
        assert len(guide.summary) <= GuidePage._meta.get_field("summary").max_length
        assert len(guide.title) <= GuidePage._meta.get_field("title").max_length

    def test_every_row_of_a_comparison_has_a_value_for_each_column(self, guide):
        for block in guide.body:
            if block.kind == "comparison_table":
                columns = len(block.value["columns"])
                assert {len(row) for row in block.value["rows"]} == {columns + 1}

    def test_every_picture_can_be_drawn_and_is_told_in_words(self, guide):
        pictures = [block.value for block in guide.body if block.kind == "picture"]

        assert can_be_drawn(guide.art)
        assert all(can_be_drawn(picture["art"]) for picture in pictures)
        assert min(len(text) for text in [guide.alt_text, *(p["alt"] for p in pictures)]) > 20

    def test_names_only_what_its_merchant_has(self, guide):
        products = [block.value["product"] for block in guide.body if block.kind == "product"]
        films = [block.value["film"] for block in guide.body if block.kind == "video"]
        products += [FILMS[film].product for film in films]

        assert guide.merchant in MERCHANTS
        assert {PRODUCTS[product].merchant for product in products} == {guide.merchant}
        assert guide.category in {shelf.slug for shelf in leaf_shelves()}


@pytest.mark.parametrize("article", library.articles(), ids=lambda article: article.id)
def test_a_product_has_all_that_its_page_shows(article):
    assert ean.is_valid(article.gtin)
    assert article.gtin.startswith(("200", "201", "202"))  # nobody's real number
    assert len(article.gtin) == 13
    assert article.price > 0
    assert len(article.title) <= Product._meta.get_field("title").max_length
    assert article.merchant in MERCHANTS
    assert len(article.description.split()) >= 20
    assert can_be_drawn(f"product:{article.art}")


@pytest.mark.parametrize("article", library.articles(), ids=lambda article: article.id)
def test_a_product_has_only_attributes_that_its_category_defines(article):
    [defined] = [
        {row[0]: row for row in (*shelf.attributes, *child.attributes)}
        for shelf in library.shelves()
        for child in shelf.children
        if child.slug == article.category
    ]

    assert set(article.attributes) <= set(defined)
    for key, value in article.attributes.items():
        _key, _label, kind, more = defined[key]
        if kind == AttributeKind.CHOICE:
            assert value in more
        assert isinstance(value, bool) == (kind == AttributeKind.YES_NO)
        assert isinstance(value, int | float) or kind in (AttributeKind.TEXT, AttributeKind.CHOICE)


def test_no_number_is_given_twice():
    gtins = [article.gtin for article in library.articles()]

    assert len(set(gtins)) == len(gtins)
    assert len(PRODUCTS) == len(library.articles())


@pytest.mark.parametrize("film", library.films(), ids=lambda film: film.key)
def test_a_film_can_be_made_and_shown(film):
    assert film.product in PRODUCTS
    assert film.guide in {guide.key for guide in GUIDES}
    assert film.format in SIZES
    assert all(can_be_drawn(scene.art) for scene in film.scenes)
    assert len(film.title) <= Video._meta.get_field("title").max_length
    assert film.seconds == 180 or 15 <= film.seconds <= 40


def test_the_films_are_of_many_kinds():
    films = library.films()

    assert [film.key for film in films if film.seconds == 180] == ["sunscreen"]
    assert {film.format for film in films} == {"landscape", "portrait", "square"}
    assert [film.key for film in films if not film.chord] == ["bulbs"]


def test_every_film_is_in_one_audition_for_its_products_category():
    parents = {child.slug: shelf.slug for shelf in library.shelves() for child in shelf.children}
    entered = [
        (entry.film, audition.category)
        for audition in library.auditions()
        for entry in audition.entries
    ]

    assert sorted(film for film, _category in entered) == sorted(FILMS)
    for film, category in entered:
        assert parents[PRODUCTS[FILMS[film].product].category] == category


def test_one_audition_is_to_close_one_is_open_and_one_is_to_come():
    closing = [audition.key for audition in library.auditions() if audition.close]
    coming = [audition.key for audition in library.auditions() if audition.opens > 0]

    assert (len(closing), len(coming), len(library.auditions())) == (1, 1, 3)


def test_rich_text_keeps_paragraphs_lists_and_bold_and_nothing_else():
    written = "One **bold**\nline.\n\n- first\n- second\n\nFire & <script>"

    assert rich_text(written) == (
        "<p>One <b>bold</b> line.</p><ul><li>first</li><li>second</li></ul>"
        "<p>Fire &amp; &lt;script&gt;</p>"
    )
