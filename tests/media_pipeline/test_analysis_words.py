import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from media_pipeline.analysis import words
from media_pipeline.analysis.material import Found, Frame
from tests.media_pipeline.leftovers import picture


def scene(*texts, size=(960, 540), height=36, seed=3):
    """A blurred picture with these lines of text on it."""
    image = Image.fromarray(picture(seed, size=(size[1], size[0]))).convert("RGB")
    image = image.filter(ImageFilter.GaussianBlur(12))
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(height)
    for number, text in enumerate(texts):
        place = (90, 80 + 2 * number * height)
        draw.text(place, text, "white", font, stroke_width=2, stroke_fill="black")
    return image


def found_in(*images):
    check = words.Words()
    for second, image in enumerate(images):
        check.see(Frame(float(second), image))
    return check.found()


def test_what_is_written_is_found_while_it_is_to_be_seen():
    """A picture that changed is read two seconds after the last."""
    plain = scene()
    shown = scene("Order at www.example.com", "Call 0800 123 4567", "Only $19.99")
    found = [
        (one.kind, one.start, one.end, one.detail) for one in found_in(plain, shown, shown, shown)
    ]
    assert found == [
        ("address", 2.0, 4.0, "www.example.com"),
        ("price", 2.0, 4.0, "$19.99"),
        ("telephone", 2.0, 4.0, "0800 123 4567"),
    ]


def test_other_words_are_no_matter():
    lines = ("Boils 1.7 litres", "Model KX-2000, 220-240 V", "100% cotton", "1920 x 1080")
    assert found_in(scene(*lines)) == []


@pytest.mark.parametrize("height", [18, 26, 64])
def test_small_and_large_letters_are_read(height):
    assert [one.detail for one in found_in(scene("info@example.com", height=height))] == [
        "info@example.com"
    ]


def test_a_portrait_picture_is_read_too():
    found = found_in(scene("example.com/sale", size=(540, 960)))
    assert found == [Found("address", 0.0, 1.0, "example.com/sale", shown_at=0.0)]


def test_a_picture_that_stays_is_read_once(monkeypatch):
    """Reading is what costs."""
    check = words.Words()
    shown = scene("www.example.com")
    check.see(Frame(0.0, shown))
    monkeypatch.setattr(check._reader, "lines_in", lambda pixels: pytest.fail("read again"))
    check.see(Frame(1.0, shown))
    assert [(one.start, one.end) for one in check.found()] == [(0.0, 2.0)]


def test_a_line_that_stays_while_the_picture_moves_is_read_once(monkeypatch):
    check = words.Words()
    check.see(Frame(0.0, scene("www.example.com", seed=1)))
    monkeypatch.setattr(check._reader, "read", lambda line: pytest.fail("read again"))
    monkeypatch.setattr(words, "SAME_LINE", 255.0)
    check.see(Frame(2.0, scene("www.example.com", seed=2)))
    assert [(one.start, one.end) for one in check.found()] == [(0.0, 3.0)]


def test_a_number_in_two_pieces_is_read_as_one():
    image = scene()
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(40)
    for left, text in ((100, "Tel. 030"), (330, "123 45 67")):
        draw.text((left, 200), text, "white", font, stroke_width=2, stroke_fill="black")
    assert [one.kind for one in found_in(image)] == ["telephone"]
