import io

import pytest
from PIL import Image

from demo import library
from demo.art import gallery

ARTS = sorted({article.art for article in library.articles()})
NAMES = [
    *(f"product:{art}" for art in ARTS),
    *(f"setting:{art}" for art in ARTS),
    *(f"scene:{name}" for name in gallery.SCENES),
    *(f"diagram:{name}" for name in gallery.DIAGRAMS),
    *(f"logo:{name}" for name in gallery.LOGOS),
]


def drawn(name, width=160, height=160):
    return Image.open(io.BytesIO(gallery.opaque_png(gallery.picture(name, width, height))))


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_is_drawn_in_many_colours(name):
    image = drawn(name)

    assert image.size == (160, 160)
    assert image.mode == "RGB"
    assert len(image.getcolors(maxcolors=160 * 160)) > 12


def test_no_two_products_look_the_same():
    pictures = {drawn(f"product:{art}").tobytes() for art in ARTS}

    assert len(pictures) == len(ARTS)


@pytest.mark.parametrize(("width", "height"), [(320, 180), (180, 320), (200, 200)])
def test_a_scene_fills_any_format(width, height):
    image = drawn("scene:mattresses", width, height)
    corners = [(0, 0), (width - 1, 0), (0, height - 1), (width - 1, height - 1)]

    assert image.size == (width, height)
    assert (0, 0, 0) not in {image.getpixel(corner) for corner in corners}


def test_a_thing_by_itself_can_be_seen_through():
    thing = gallery.standing(gallery.Thing("kettle:jug", 0.5, 0.86, 0.8), 200, 200)
    image = Image.open(io.BytesIO(gallery.png(gallery.document(200, 200, thing))))

    assert image.getpixel((0, 0))[3] == 0
    assert image.getpixel((100, 100))[3] == 255
