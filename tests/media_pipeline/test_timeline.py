import pytest

from media_pipeline.timeline import Span, span_of, wave_path


@pytest.mark.parametrize(
    ("start", "end", "duration", "span"),
    [
        (0, 10, 40, Span(0, 25)),
        (30, 40, 40, Span(75, 25)),
        (12, 12, 40, Span(30, 0.6)),  # a moment is wide enough to be hit
        (40, 40, 40, Span(99.4, 0.6)),  # and stays within the drawing at the end
        (35, 60, 40, Span(87.5, 12.5)),
        (0, 90, 40, Span(0, 100)),
        (-2, 1, 40, Span(0, 7.5)),
        (3, 4, 0, Span(0, 100)),  # of unknown length
    ],
)
def test_a_stretch_is_drawn_where_it_is(start, end, duration, span):
    assert span_of(start, end, duration) == span


def test_the_outline_goes_out_above_the_middle_and_back_below():
    assert wave_path([0, 100, 50]) == (
        "M0.0 50.0L500.0 0.0L1000.0 25.0L1000.0 75.0L500.0 100.0L0.0 50.0Z"
    )


@pytest.mark.parametrize("peaks", [[], [80], [0, 0, 0]])
def test_where_nothing_is_heard_nothing_is_drawn(peaks):
    assert wave_path(peaks) == ""


def test_peaks_beyond_all_measure_stay_within_the_drawing():
    assert wave_path([250, -4]) == wave_path([100, 0])
