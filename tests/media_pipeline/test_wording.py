from media_pipeline.choices import FindingKind
from media_pipeline.findings import MEANINGS
from media_pipeline.models import Video
from media_pipeline.wording import Remark, remarks_on, words_of
from tests.factories.media_pipeline import caption_track


def test_what_should_not_be_in_the_words_of_a_video():
    remarks = remarks_on(
        "Rice cooker, now 29.95", "Order at example.com,\nor call 0800 123 4567.\nEXAMPLE.COM"
    )
    assert remarks == [
        Remark(FindingKind.PRICE, "now 29.95"),
        Remark(FindingKind.ADDRESS, "example.com"),
        Remark(FindingKind.TELEPHONE, "0800 123 4567"),
    ]
    assert remarks[0].about is MEANINGS[FindingKind.PRICE]


def test_numbers_of_two_lines_are_no_telephone_number():
    assert remarks_on("Sizes:\n0171\n234567\n", "") == []


def test_plain_words_are_fine():
    assert remarks_on("How we test kettles", "1.7 litres boil in 3:45 minutes at 2200 W.") == []


def test_chapters_and_captions_are_words_too():
    video = Video(
        title="Kama in use",
        description="How it works.",
        chapters=[{"start": 0.0, "title": "Now 29.95"}],
        captions=[caption_track("Order at\nexample.com today."), caption_track("0800 123 4567")],
    )
    assert [remark.text for remark in remarks_on(*words_of(video))] == [
        "Now 29.95",
        "example.com",
        "0800 123 4567",
    ]
