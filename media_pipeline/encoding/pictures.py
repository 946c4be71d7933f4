"""From whatever a source's picture is to what every screen shows: upright (ffmpeg's own work),
progressive, at a constant rate, BT.709, 8 bits."""

from typing import Any

from media_pipeline.ladder import Rung, even_frame_rate
from media_pipeline.probing import VideoFacts

# Light is made linear, mapped into what a normal screen has, and coded again (BT.709).
TONE_MAPPING = (
    ("zscale", {"t": "linear", "npl": "{peak}"}),
    ("format", {"pix_fmts": "gbrpf32le"}),
    ("zscale", {"p": "bt709"}),
    ("tonemap", {"tonemap": "hable", "desat": "0"}),
    ("zscale", {"t": "bt709", "m": "bt709", "r": "tv"}),
)
NOMINAL_PEAK = {"pq": 100, "hlg": 203}  # cd/m² that become white
BT709, BT601 = "bt709", "smpte170m"
UNKNOWN_MATRIX = 2


def evened(picture: Any, video: VideoFacts, rung: Rung) -> Any:
    """The picture as the best rung has it."""
    if video.interlaced:
        picture = picture.filter("bwdif", mode="send_frame", deint="interlaced")
    numerator, denominator = even_frame_rate(video.frame_rate)
    picture = picture.filter("fps", f"{numerator}/{denominator}")
    return _with_usual_colours(picture, video, rung)


def _with_usual_colours(picture: Any, video: VideoFacts, rung: Rung) -> Any:
    """Of the rung's size, in what every screen shows: BT.709, 8 bits, limited range."""
    if video.transfer == "sdr":
        unknown = BT709 if min(video.width, video.height) >= 720 else BT601
        matrix = {"in_color_matrix": unknown} if video.matrix == UNKNOWN_MATRIX else {}
        picture = picture.filter(
            "scale",
            rung.width,
            rung.height,
            flags="bicubic",
            out_color_matrix=BT709,
            out_range="tv",
            **matrix,
        )
    else:
        picture = picture.filter("scale", rung.width, rung.height, flags="bicubic")
        for name, options in TONE_MAPPING:
            peak = NOMINAL_PEAK[video.transfer]
            picture = picture.filter(
                name, **{key: value.format(peak=peak) for key, value in options.items()}
            )
    return (
        picture.filter("format", "yuv420p")
        .filter("setsar", "1")
        .filter("setparams", range="tv", color_primaries=BT709, color_trc=BT709, colorspace=BT709)
    )
