from media_pipeline.choices import FindingKind
from media_pipeline.findings import MEANINGS
from media_pipeline.wording import Remark, remarks_on


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
