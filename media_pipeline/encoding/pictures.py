"""From whatever a source's picture is to what every screen shows: upright (ffmpeg's own work),
square, progressive, at a constant rate, opaque, BT.709, 8 bits."""

from typing import Any

from media_pipeline.ladder import Rung, even_frame_rate
from media_pipeline.probing import UNKNOWN, VideoFacts

WHITE, PEAK = 203, 1000  # cd/m² of white paper (ITU-R BT.2408), and of the brightest that counts
# Light is made linear, mapped into what a normal screen has, and coded again (BT.709). Up to a
# third of white nothing changes; what shines brighter than paper finds room above.
TONE_MAPPING = (
    ("zscale", {"t": "linear", "npl": WHITE}),
    ("format", {"pix_fmts": "gbrpf32le"}),
    ("zscale", {"p": "bt709"}),
    ("tonemap", {"tonemap": "mobius", "peak": PEAK / WHITE, "desat": 0}),
    ("zscale", {"t": "bt709", "m": "bt709", "r": "tv"}),
)
BT709, BT601, BT2020 = "bt709", "smpte170m", "bt2020"
# As ITU-T H.273 counts: which primaries need more than another matrix, and what is usual with
# each where the file says only half of it.
PRIMARIES_OF_709, PRIMARIES_OF_601 = {1}, {5, 6}
WIDE_PRIMARIES = {9: BT2020, 11: "smpte431", 12: "smpte432"}
MATRICES_OF_SCALE = {0, 1, 4, 5, 6, 7, 9}  # that swscale knows; zimg knows the others
LINEAR = 8
LARGE = 720  # pixels of the short edge, from which BT.709 is more likely than BT.601
UNMOVED = 0.001  # seconds


def input_options(video: VideoFacts) -> dict[str, str]:
    """What ffmpeg must be told of the input so that it sees all of this picture."""
    return {"c:v": video.decoder} if video.decoder else {}


def from_first_picture(stream: Any, video: VideoFacts, *, is_sound: bool = False) -> Any:
    """The same with the first picture at second 0: what is heard before it goes."""
    if abs(video.start) < UNMOVED:
        return stream
    return stream.filter("asetpts" if is_sound else "setpts", f"PTS-{video.start:.6f}/TB")


def evened(picture: Any, video: VideoFacts, rung: Rung) -> Any:
    """The picture as the best rung has it."""
    picture = from_first_picture(picture, video)
    if video.interlaced:
        picture = picture.filter("bwdif", mode="send_frame", deint="interlaced")
    numerator, denominator = even_frame_rate(video.frame_rate)
    # A first picture that is late, because those before it were broken, stands from the start; a
    # last one of no length at all is shown nevertheless.
    picture = picture.filter("fps", f"{numerator}/{denominator}", start_time=0, eof_action="pass")
    if video.alpha:
        picture = _over_white(picture)
    return _with_usual_colours(picture, video, rung)


def _over_white(picture: Any) -> Any:
    """What one can see through lies on white, as on the page."""
    parts = picture.filter_multi_output("split", 2)
    white = parts[0].filter("drawbox", color="white", thickness="fill", replace=1)
    return white.overlay(parts[1], format="auto")


def _with_usual_colours(picture: Any, video: VideoFacts, rung: Rung) -> Any:
    """Of the rung's size, in what every screen shows: BT.709, 8 bits, limited range."""
    if video.transfer != "sdr":
        picture = _tone_mapped(_resized(_told(picture, video), video, rung))
    elif _needs_zimg(video):
        picture = _resized(_told(picture, video), video, rung)
        picture = picture.filter("zscale", p=BT709, t=BT709, m=BT709, r="tv")
    else:
        known = {} if video.matrix != UNKNOWN else {"in_color_matrix": _likely_matrix(video)}
        known |= {"out_color_matrix": BT709, "out_range": "tv"}
        picture = picture.filter("scale", rung.width, rung.height, flags="bicubic", **known)
    return (
        picture.filter("format", "yuv420p")
        .filter("setsar", "1")
        .filter("setparams", range="tv", color_primaries=BT709, color_trc=BT709, colorspace=BT709)
    )


def _resized(picture: Any, video: VideoFacts, rung: Rung) -> Any:
    if video.matrix in {*MATRICES_OF_SCALE, UNKNOWN}:
        return picture.filter("scale", rung.width, rung.height, flags="bicubic")
    return picture.filter("zscale", w=rung.width, h=rung.height, filter="bicubic")


def _needs_zimg(video: VideoFacts) -> bool:
    """Whether its colours are more than another arrangement of the same numbers."""
    return (
        video.primaries in WIDE_PRIMARIES
        or video.curve == LINEAR
        or video.matrix not in {*MATRICES_OF_SCALE, UNKNOWN}
    )


def _told(picture: Any, video: VideoFacts) -> Any:
    """With what the file left unsaid: zimg doesn't guess."""
    is_hdr = video.transfer != "sdr"
    unsaid = {}
    if video.primaries == UNKNOWN:
        unsaid["color_primaries"] = BT2020 if is_hdr else BT709
    if video.matrix == UNKNOWN:
        unsaid["colorspace"] = "bt2020nc" if is_hdr else _likely_matrix(video)
    if video.curve == UNKNOWN:
        unsaid["color_trc"] = BT709
    return picture.filter("setparams", **unsaid) if unsaid else picture


def _likely_matrix(video: VideoFacts) -> str:
    """Where the file doesn't say it: that which goes with its primaries, or with its size."""
    if video.primaries in PRIMARIES_OF_601:
        return BT601
    if video.primaries == 9:
        return "bt2020nc"
    is_709 = video.primaries in PRIMARIES_OF_709 or video.primaries in WIDE_PRIMARIES
    return BT709 if is_709 or min(video.width, video.height) >= LARGE else BT601


def _tone_mapped(picture: Any) -> Any:
    for name, options in TONE_MAPPING:
        picture = picture.filter(name, **options)
    return picture
