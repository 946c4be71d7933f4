from media_pipeline.captions import Cue
from media_pipeline.legibility import advice_on, speed_of


def sentences(*cues):
    return [(one.number, one.sentence) for one in advice_on(cues)]


def test_what_can_be_read_easily_gets_no_advice():
    text = "It is filled to the mark,\nand closed with one hand."
    assert sentences(Cue(0, 3, text), Cue(3.0, 5.0, "Then it waits."), Cue(5.08, 7, "Done.")) == []


def test_speed_counts_a_line_break_as_a_blank():
    assert speed_of(Cue(1, 3, "four\nfive")) == 4.5
    assert sentences(Cue(0, 1, "x" * 20)) == []
    assert sentences(Cue(0, 1, "x" * 21)) == [
        (0, "Too quick to read: 21 characters a second, of at most 20.")
    ]


def test_lines_are_few_and_short():
    wide = f"{'x' * 43}\ny"
    assert sentences(Cue(0, 9, wide), Cue(9, 18, f"{'x' * 42}\ny\nz")) == [
        (0, "A line of 43 characters is too wide for a phone: break it before 42."),
        (1, "3 lines cover the picture: two are enough."),
    ]


def test_gaps_are_none_or_long_enough_to_be_seen():
    assert sentences(Cue(0, 1, "a"), Cue(1.079, 2, "b"), Cue(2.08, 3, "c")) == [
        (0, "The gap before the next one is too short to be seen: close it, or leave 0.08 s.")
    ]


def test_one_should_go_before_the_next_comes():
    assert sentences(Cue(0, 2, "a"), Cue(1.9, 3, "b")) == [
        (0, "It is still shown when the next one begins.")
    ]


def test_nothing_said_needs_no_advice():
    assert sentences() == []
