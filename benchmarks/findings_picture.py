"""The corpus for how a picture was recorded and compressed: bars, blur, blocks, half pictures.
Positives, and what a naive check takes for them."""

from collections.abc import Sequence

from findings_corpus import RATE, SIZE, Case, drawn, excerpt, maker, many, over_bases

FILMS = ("film at 2 s", "film at 14 s", "film at 30 s", "bottles", "corridor")
REAL = (*FILMS, "fractal")
FILM = "bbb_1080p24_43s_noaudio.mp4"


def _letterbox() -> list[Case]:
    wide = "[base]crop=640:268,pad=640:360:0:46:{colour}[v]"
    boxes = ",".join(
        f"drawbox=x={x}:y=326:w=18:h=20:color=white:t=fill" for x in range(200, 440, 26)
    )
    return [
        *many("cinema", ["letterbox"], over_bases(wide.format(colour="black"))),
        *many(
            "bars of dark grey",
            ["letterbox"],
            over_bases(wide.format(colour="0x101010"), only=FILMS),
        ),
        *many(
            "old television",
            ["letterbox"],
            over_bases("[base]crop=480:360,pad=640:360:80:0[v]", only=FILMS),
        ),
        *many(
            "a telephone's picture in a wide one",
            ["letterbox"],
            over_bases("[base]crop=202:360,pad=640:360:219:0[v]", only=REAL),
        ),
        *many(
            "wide in a portrait",
            ["letterbox"],
            over_bases("[base]scale=404:228,pad=404:720:0:246[v]", only=FILMS),
        ),
        *many(
            "subtitles in the bar",
            ["letterbox"],
            over_bases(f"[base]crop=640:268,pad=640:360:0:46,{boxes}[v]", only=FILMS),
        ),
        *many(
            "round product on black",
            [],
            over_bases(
                "[base]geq=lum='if(lt(hypot(X-320,Y-180),120),lum(X,Y),16)'"
                ":cb='if(lt(hypot(X-320,Y-180),120),cb(X,Y),128)'"
                ":cr='if(lt(hypot(X-320,Y-180),120),cr(X,Y),128)'[v]",
                only=FILMS,
                seconds=3,
            ),
            allowed=["blur"],
        ),
        *many("vignette", [], over_bases("[base]vignette=angle=PI/2.4[v]", only=FILMS)),
        *many(
            "bars of white",
            [],
            over_bases("[base]crop=640:268,pad=640:360:0:46:white[v]", only=FILMS),
        ),
        *many(
            "bars of the blurred picture",
            [],
            over_bases(
                "[base]split[a][b];[a]gblur=20[f];[b]crop=202:360[c];[f][c]overlay=219:0[v]",
                only=FILMS,
            ),
        ),
        *many(
            "a black headline on top",
            [],
            over_bases("[base]drawbox=x=0:y=0:w=iw:h=50:color=black:t=fill[v]", only=FILMS),
        ),
        *many(
            "a thin frame",
            [],
            over_bases("[base]drawbox=x=0:y=0:w=iw:h=ih:color=black:t=4[v]", only=FILMS),
        ),
    ]


def _blur() -> list[Case]:
    return [
        *many("out of focus", ["blur"], over_bases("[base]gblur=5[v]", only=REAL)),
        *many("very much out of focus", ["blur"], over_bases("[base]gblur=9[v]", only=FILMS)),
        *many(
            "made larger", ["blur"], over_bases("[base]scale=128:72,scale=640:360[v]", only=REAL)
        ),
        *many(
            "out of focus for five seconds",
            ["blur"],
            over_bases("[base]gblur=6:enable='between(t,2,7)'[v]", seconds=9, only=FILMS),
        ),
        *many("a little soft", [], over_bases("[base]gblur=0.9[v]", only=REAL)),
        *many(
            "background out of focus",
            [],
            over_bases(
                "[base]split[a][b];[a]gblur=8[f];[b]crop=200:200[c];[f][c]overlay=220:80[v]",
                only=REAL,
            ),
        ),
        *many(
            "out of focus for a second",
            [],
            over_bases("[base]gblur=6:enable='between(t,2,3)'[v]", only=FILMS),
        ),
        *many("mist", [], over_bases("[base]eq=contrast=0.35:brightness=0.2[v]", only=REAL)),
        *many("noise", [], over_bases("[base]noise=alls=20:allf=t[v]", only=FILMS)),
        *many("smeared by movement", [], over_bases("[base]tmix=frames=4[v]", only=FILMS)),
        *many(
            "plain colours",
            [],
            {
                "gradient": maker(
                    [drawn(f"gradients=s={SIZE}:r={RATE}:speed=0.02", 5)], "[0:v]format=yuv420p[v]"
                ),
                "one colour": maker(
                    [drawn(f"color=0x4080a0:s={SIZE}:r={RATE}", 4)], "[0:v]format=yuv420p[v]"
                ),
                "bars": maker(
                    [drawn(f"smptehdbars=s={SIZE}:r={RATE}", 4)], "[0:v]format=yuv420p[v]"
                ),
            },
            allowed=["frozen"],
        ),
    ]


def _codec(*arguments: str) -> Sequence[str]:
    return ("-pix_fmt", "yuv420p", *arguments)


def _blocks() -> list[Case]:
    squares = "drawgrid=w={w}:h={h}:t=1:color=black"
    return [
        *many(
            "MPEG-4 at its worst",
            ["blocks"],
            over_bases("[base]null[v]", codec=_codec("-c:v", "mpeg4", "-q:v", "31"), only=REAL),
            allowed=["blur"],
        ),
        *many(
            "MPEG-2 at its worst",
            ["blocks"],
            over_bases(
                "[base]null[v]",
                codec=_codec("-c:v", "mpeg2video", "-q:v", "31"),
                ending="mpg",
                only=FILMS,
            ),
            allowed=["blur"],
        ),
        *many(
            "motion JPEG at its worst",
            ["blocks"],
            over_bases(
                "[base]format=yuvj420p[v]",
                codec=("-c:v", "mjpeg", "-q:v", "31"),
                ending="mov",
                only=FILMS,
            ),
            allowed=["blur"],
        ),
        *many(
            "H.264 of a cheap camera",
            ["blocks"],
            over_bases(
                "[base]null[v]",
                codec=_codec(
                    "-c:v",
                    "libx264",
                    "-preset",
                    "ultrafast",
                    "-crf",
                    "46",
                    "-x264-params",
                    "no-deblock=1",
                ),
                only=FILMS,
            ),
            allowed=["blur"],
        ),
        *many(
            "H.264 of little bandwidth",
            [],
            over_bases("[base]null[v]", codec=_codec("-c:v", "libx264", "-crf", "33"), only=REAL),
        ),
        *many(
            "MPEG-4 of good quality",
            [],
            over_bases("[base]null[v]", codec=_codec("-c:v", "mpeg4", "-q:v", "4"), only=REAL),
        ),
        *many(
            "a grid in the picture",
            [],
            {
                f"{name}, {w} × {h}": make
                for w, h in ((20, 20), (24, 12), (40, 30))
                for name, make in over_bases(
                    f"[base]{squares.format(w=w, h=h)}[v]", only=("film at 2 s", "bottles")
                ).items()
            },
        ),
        *many(
            "large pixels on purpose",
            [],
            over_bases(
                "[base]scale=64:36,scale=640:360:flags=neighbor[v]",
                only=("film at 14 s", "fractal"),
            ),
            allowed=["blur"],
        ),
        *many(
            "made smaller",
            [],
            {
                "from 1080p": maker([excerpt(FILM, 20, 3)], "[0:v]scale=1280:720[v]"),
            },
        ),
    ]


def _interlaced() -> list[Case]:
    # Twice as fast and twice as many frames, so that half pictures differ.
    faster = "setpts=PTS/2,fps=50"
    halves = f"[0:v]scale=640:360,{faster},tinterlace=mode=interleave_top,format=yuv420p[v]"
    clips = {
        "film at 2 s": excerpt(FILM, 2, 8),
        "film at 20 s": excerpt(FILM, 20, 8),
        "film at 32 s": excerpt(FILM, 32, 8),
        "bottles": excerpt("product_bottles_360p30_40s_noaudio.mp4", 5, 8),
        "test picture": drawn("testsrc2=s=640x360:r=25", 8),
    }
    flagged = ("-c:v", "mpeg2video", "-q:v", "4", "-flags", "+ildct+ilme")
    tele = "[0:v]scale=640:360,fps=24,telecine=pattern=23,format=yuv420p[v]"
    return [
        *many(
            "half pictures, and it doesn't say so",
            ["interlaced"],
            {name: maker([clip], halves) for name, clip in clips.items()},
            allowed=["flashes"],  # twice as fast as it was filmed
        ),
        *many(
            "half pictures, and it says so",
            ["interlaced"],
            {
                name: maker(
                    [clip],
                    halves.replace("format=", "setfield=tff,format="),
                    codec=("-pix_fmt", "yuv420p", *flagged),
                    ending="mpg",
                )
                for name, clip in clips.items()
            },
            allowed=["flashes"],  # twice as fast as it was filmed
        ),
        *many(
            "full size",
            ["interlaced"],
            {
                "film": maker(
                    [excerpt(FILM, 5, 6)],
                    f"[0:v]scale=1440:1080,{faster},tinterlace=mode=interleave_bottom,"
                    "format=yuv420p[v]",
                )
            },
            allowed=["flashes"],  # twice as fast as it was filmed
        ),
        *many(
            "film on American television",
            ["interlaced"],
            {name: maker([clip], tele) for name, clip in clips.items() if name != "bottles"},
            allowed=["flashes"],  # twice as fast as it was filmed
        ),
        *many(
            "progressive, but it says that it isn't",
            [],
            over_bases(
                "[base]setfield=tff[v]",
                codec=("-pix_fmt", "yuv420p", *flagged),
                ending="mpg",
                only=FILMS,
            ),
        ),
        *many(
            "fine stripes",
            [],
            over_bases(
                "[base]geq=lum='if(between(X,200,440),lum(X,Y)*(0.5+0.5*mod(Y,2)),lum(X,Y))'"
                ":cb='cb(X,Y)':cr='cr(X,Y)'[v]",
                only=FILMS,
                seconds=3,
            ),
            allowed=["blocks"],
        ),
        *many(
            "scrolls down",
            [],
            {
                "film": maker(
                    [excerpt(FILM, 14, 5)], "[0:v]fps=25,scale=640:360,scroll=vertical=0.006[v]"
                ),
                "test picture": maker(
                    [drawn("testsrc2=s=640x360:r=25", 5)],
                    "[0:v]scroll=vertical=0.003,format=yuv420p[v]",
                ),
            },
        ),
    ]


CORPUS = [*_letterbox(), *_blur(), *_blocks(), *_interlaced()]
