import pytest

from media_pipeline.ranges import ByteRange, UnsatisfiableRangeError, parse_range


@pytest.mark.parametrize(
    ("header", "start", "length"),
    [
        ("bytes=0-0", 0, 1),
        ("bytes=0-99", 0, 100),
        ("bytes=0-100", 0, 100),
        ("bytes=99-", 99, 1),
        ("bytes=-1", 99, 1),
        ("bytes=-1000", 0, 100),
        ("bytes = 5 - 6", 5, 2),
    ],
)
def test_one_range_of_a_hundred_bytes(header, start, length):
    assert parse_range(header, 100) == ByteRange(start, length)


@pytest.mark.parametrize("header", ["", "bytes=", "bytes=-", "bytes=5-4", "bytes=1-2,4-5", "x=0-1"])
def test_what_is_not_one_range_means_the_whole_file(header):
    assert parse_range(header, 100) is None


@pytest.mark.parametrize("header", ["bytes=100-", "bytes=100-200", "bytes=-0"])
def test_bytes_that_are_not_there_are_refused(header):
    with pytest.raises(UnsatisfiableRangeError):
        parse_range(header, 100)
