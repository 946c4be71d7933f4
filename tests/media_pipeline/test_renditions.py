import pytest
from django.core.cache import cache
from django.template.loader import render_to_string

from media_pipeline.models import PictureRendition
from media_pipeline.services import make_shown_renditions
from media_pipeline.services.pictures import SHOWN
from tests.factories.media_pipeline import PictureFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_renditions_of_other_tests():
    """Wagtail keeps them in the cache by the picture's number, which tests use again."""
    cache.clear()


def specs_of(picture) -> set[str]:
    return set(PictureRendition.objects.filter(image=picture).values_list("filter_spec", flat=True))


def test_a_new_picture_is_made_ready_to_be_shown(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        picture = PictureFactory()
    assert specs_of(picture) == set(SHOWN)


def test_a_page_asks_for_nothing_else(django_assert_num_queries):
    picture = PictureFactory()
    make_shown_renditions(picture_id=picture.pk)
    picture = type(picture).objects.prefetch_related("renditions").get(pk=picture.pk)
    with django_assert_num_queries(0):
        html = render_to_string("components/picture.html", {"picture": picture})
    assert "320w" in html
    assert specs_of(picture) == set(SHOWN)


def test_one_that_is_gone_is_left_alone():
    picture = PictureFactory()
    picture.file.storage.delete(picture.file.name)
    make_shown_renditions(picture_id=picture.pk)
    make_shown_renditions(picture_id=picture.pk + 1)
    assert not specs_of(picture)
