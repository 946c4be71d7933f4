"""How pages write pictures and what is measured of videos."""

import io
import re

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.template.loader import render_to_string
from PIL import Image

from media_pipeline.services import make_shown_renditions
from media_pipeline.templatetags.media import bit_rate, decibels
from tests.factories.media_pipeline import PictureFactory, picture_bytes

WIDTHS = "320w 640w 1280w"


@pytest.fixture(autouse=True)
def _nothing_remembered():
    """Wagtail remembers renditions beyond the end of a test, and the database doesn't."""
    cache.clear()


@pytest.fixture
def picture(db):
    return PictureFactory(file=ContentFile(picture_bytes((1600, 900)), name="picture.jpg"))


def element(picture, **context):
    text = render_to_string("components/picture.html", {"picture": picture, **context})
    return " ".join(text.split())


def widths_in(srcset):
    return " ".join(re.findall(r"\d+w", srcset))


def test_a_picture_is_offered_in_every_kind_that_was_made(picture):
    make_shown_renditions(picture_id=picture.pk)
    text = element(picture, alt="A wok", sizes="18rem")

    sources = re.findall(r'<source sizes="18rem" srcset="([^"]+)" type="([^"]+)">', text)
    assert [kind for _, kind in sources] == ["image/avif", "image/webp"]
    assert [widths_in(srcset) for srcset, _ in sources] == [WIDTHS, WIDTHS]
    [image] = re.findall(r"<img [^>]+>", text)
    assert 'alt="A wok"' in image
    assert 'loading="lazy"' in image
    assert widths_in(re.search(r'srcset="([^"]+)"', image)[1]) == WIDTHS
    assert 'width="320"' in image
    assert 'height="180"' in image


def test_nobody_who_opens_a_page_waits_for_slow_kinds_to_be_made(picture):
    text = element(picture, eager=True)

    assert "<source" not in text
    assert 'fetchpriority="high"' in text
    assert sorted(picture.renditions.values_list("filter_spec", flat=True)) == [
        "width-1280|format-jpeg",
        "width-320|format-jpeg",
        "width-640|format-jpeg",
    ]


def test_pictures_that_know_their_sizes_cost_no_query(picture, django_assert_num_queries):
    make_shown_renditions(picture_id=picture.pk)
    again = type(picture).objects.prefetch_related("renditions").get(pk=picture.pk)

    with django_assert_num_queries(0):
        assert element(again).count("<source") == 2


def test_what_can_be_seen_through_is_shown_by_every_kind(db):
    target = io.BytesIO()
    Image.new("RGBA", (800, 600), (200, 30, 30, 90)).save(target, "WEBP", lossless=True)
    see_through = PictureFactory(file=ContentFile(target.getvalue(), name="picture.webp"))
    make_shown_renditions(picture_id=see_through.pk)

    assert element(see_through).count("<source") == 2


def test_a_picture_whose_file_is_gone_breaks_no_page(picture):
    picture.file.storage.delete(picture.file.name)

    assert "<img" in element(picture)


@pytest.mark.parametrize(
    ("bits", "words"),
    [
        (None, ""),
        (0, "0 kbit/s"),
        (819_600, "820 kbit/s"),
        (2_460_000, "2.5 Mbit/s"),
        (12_000_000, "12.0 Mbit/s"),
    ],
)
def test_rates_are_told_as_people_read_them(bits, words):
    assert bit_rate(bits) == words


@pytest.mark.parametrize(
    ("level", "words"), [(None, ""), (-16.06, "−16.1"), (0.0, "0.0"), (2.31, "2.3")]
)
def test_levels_have_a_true_minus(level, words):
    assert decibels(level) == words
