import io

import numpy as np
import pytest
from PIL import Image, ImageEnhance, ImageOps

from media_pipeline import likeness
from media_pipeline.analysis.fingerprints import Fingerprints
from media_pipeline.analysis.material import Frame

SIZE = (640, 360)


def scene(seed):
    """Waves and blocks that no other seed has."""
    random = np.random.default_rng(seed)
    coarse = Image.fromarray(random.integers(20, 235, (9, 12)).astype(np.uint8))
    return coarse.resize(SIZE, Image.Resampling.BICUBIC).convert("RGB")


def film(*seeds):
    return [scene(seed) for seed in seeds]


def moments_of(images):
    fingerprints = Fingerprints()
    for second, image in enumerate(images):
        fingerprints.see(Frame(float(second), image))
    return dict(fingerprints.fact())


def likeness_of(ours, theirs):
    return likeness.likeness_of(
        moments_of(ours),
        likeness.kept(moments_of(theirs), len(theirs)),
        our_length=len(ours),
        their_length=len(theirs),
    )


def cropped(left, top, right, bottom):
    def crop(image):
        width, height = image.size
        return image.crop(
            (left * width, top * height, width - right * width, height - bottom * height)
        )

    return crop


def poor(image):
    stream = io.BytesIO()
    small = ImageEnhance.Brightness(image.resize((160, 90))).enhance(1.15)
    small.save(stream, "JPEG", quality=12)
    return Image.open(stream).convert("RGB")


def barred(image):
    return ImageOps.expand(image, (0, 60), "black")


ORIGINAL = film(*range(20))


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(poor, id="encoded anew, small and badly"),
        pytest.param(cropped(0.1, 0.1, 0.1, 0.1), id="cropped on all sides"),
        pytest.param(cropped(0.05, 0.05, 0.05, 0.05), id="cropped a little"),
        pytest.param(cropped(0.1, 0, 0, 0), id="cropped on the left"),
        pytest.param(cropped(0, 0, 0, 0.1), id="cropped at the bottom"),
        pytest.param(cropped(0.1, 0, 0.1, 0), id="cropped on both sides"),
        pytest.param(barred, id="with bars"),
    ],
)
@pytest.mark.parametrize("turned", [False, True])
def test_a_copy_is_found(change, turned):
    copy = [change(ImageOps.mirror(one) if turned else one) for one in ORIGINAL]
    for ours, theirs in ((copy, ORIGINAL), (ORIGINAL, copy)):
        found = likeness_of(ours, theirs)
        assert (found.share, found.mirrored) == (1.0, turned)


def test_a_part_is_found_and_says_where_it_is():
    ours = film(*range(100, 107), *range(4, 16), *range(110, 117))
    found = likeness_of(ours, ORIGINAL)
    assert (found.start, found.end) == (7, 19)
    assert found.share == pytest.approx(12 / 26)


def test_another_film_is_not_alike():
    assert likeness_of(film(*range(100, 120)), ORIGINAL) is None


def test_the_same_opening_is_not_yet_the_same_film():
    assert likeness_of(film(*range(4), *range(100, 116)), ORIGINAL) is None


def test_two_takes_in_the_same_place_are_not_alike():
    """The room is the same all the time, what happens in it is not."""

    def take(seed):
        random = np.random.default_rng(seed)
        shots = []
        for _second in range(20):
            shot = scene(1)
            block = Image.fromarray(random.integers(20, 235, (2, 3)).astype(np.uint8))
            left, top = random.integers(0, 400), random.integers(0, 200)
            shot.paste(block.resize((200, 140)).convert("RGB"), (int(left), int(top)))
            shots.append(shot)
        return shots

    assert likeness_of(take(1), take(2)) is None
    assert likeness_of(take(1), take(1)).share == 1.0


def test_a_picture_that_stands_still_is_the_same_only_at_the_same_length():
    still = [scene(5)] * 12
    assert likeness_of(still, still).share == 1.0
    assert likeness_of(still, [scene(5)] * 30) is None
    assert likeness_of(still, [scene(6)] * 12) is None


def test_a_short_copy_is_found_if_all_of_it_is_there():
    assert likeness_of(ORIGINAL[3:8], ORIGINAL).share == 1.0
    assert likeness_of(film(100, 101, 102, 3, 4, 5), ORIGINAL) is None


def test_a_flat_picture_has_no_fingerprint():
    grey = Image.new("RGB", SIZE, "grey")
    assert moments_of([grey, scene(1), grey]).keys() == {1.0}


def test_bands_hold_all_bits():
    bits = 0xFEDC_BA98_7654_3210
    assert likeness.bands_of(bits) == [0x3210, 0x7654, 0xBA98, 0xFEDC]
    assert likeness.unsigned(likeness.signed(bits)) == bits
    assert likeness.signed(bits) < 0


def test_no_more_moments_are_kept_than_there_is_room_for():
    moments = {float(second): [1] for second in range(181)}
    kept = likeness.kept(moments, 180.5)
    assert (len(kept), list(kept)[:3]) == (46, [0.0, 4.0, 8.0])
    assert likeness.kept(moments, 45) == moments
