import pytest

from media_pipeline.ladder import even_frame_rate, progressive_name, rungs_for


def sizes(width, height, frame_rate=25.0):
    rungs = rungs_for(width=width, height=height, frame_rate=frame_rate)
    return [(rung.name, rung.width, rung.height) for rung in rungs]


def test_a_full_hd_source_gets_every_rung():
    assert sizes(1920, 1080) == [
        ("1080p", 1920, 1080),
        ("720p", 1280, 720),
        ("540p", 960, 540),
        ("360p", 640, 360),
    ]


def test_a_portrait_gets_the_same_rungs_upright():
    assert sizes(2160, 3840)[0] == ("1080p", 1080, 1920)
    assert sizes(720, 1280)[-1] == ("360p", 360, 640)


def test_a_square_stays_square():
    assert sizes(800, 800) == [("720p", 720, 720), ("540p", 540, 540), ("360p", 360, 360)]


@pytest.mark.parametrize("short", range(360, 1100, 7))
def test_no_rung_is_above_the_source_and_all_have_even_sides(short):
    rungs = rungs_for(width=short * 2 - 1, height=short, frame_rate=25)
    assert rungs
    assert all(min(rung.width, rung.height) <= short + 1 for rung in rungs)
    assert all(rung.width % 2 == rung.height % 2 == 0 for rung in rungs)
    assert [rung.peak_rate for rung in rungs] == sorted(
        (rung.peak_rate for rung in rungs), reverse=True
    )


def test_a_size_between_two_rungs_keeps_its_own_when_that_is_worth_it():
    assert sizes(854, 480) == [("480p", 854, 480), ("360p", 640, 360)]
    assert sizes(768, 432) == [("360p", 640, 360)]


def test_fast_video_may_take_more():
    assert rungs_for(width=640, height=360, frame_rate=25)[0].peak_rate == 800_000
    assert rungs_for(width=640, height=360, frame_rate=50)[0].peak_rate == 1_120_000


@pytest.mark.parametrize(
    ("rungs", "name"),
    [
        ([("1080p", 1080), ("720p", 720), ("540p", 540), ("360p", 360)], "540p"),
        ([("480p", 480), ("360p", 360)], "480p"),
        ([("360p", 360)], "360p"),
    ],
)
def test_a_plain_video_element_gets_a_middle_rung(rungs, name):
    assert progressive_name(rungs) == name


@pytest.mark.parametrize(
    ("measured", "made"),
    [
        (29.97, (30000, 1001)),
        (29.97003, (30000, 1001)),
        (30.0, (30, 1)),
        (23.976, (24000, 1001)),
        (60.058, (60, 1)),
        (240.0, (60, 1)),
        (119.88, (60000, 1001)),
        (10.0, (1000, 100)),
        (13.325, (1332, 100)),
        (0.0, (25, 1)),
    ],
)
def test_frame_rates_become_constant_and_usual(measured, made):
    assert even_frame_rate(measured) == made
