"""The corpus for what happens in time: black, frozen and flashing pictures. Positives, and what a
naive check takes for them."""

from collections.abc import Callable
from pathlib import Path

from findings_corpus import RATE, SIZE, Case, bases, drawn, excerpt, maker, many, over_bases

Maker = Callable[[Path], Path]
FEW = ("film at 2 s", "bottles", "corridor", "test picture")
FLASH_SECONDS = 4
FAST = 30  # frames a second of the flashing clips


def _box(when: str, colour: str = "black", area: str = "x=0:y=0:w=iw:h=ih") -> str:
    return f"drawbox={area}:color={colour}:t=fill:enable='{when}'"


def _moving(colour: str, width: int, height: int, x: str, y: str) -> str:
    """A box whose place is a matter of time."""
    box = f"color={colour}:s={width}x{height}:r={RATE}[box]"
    return f"null[under];{box};[under][box]overlay=x='{x}':y='{y}':eval=frame:shortest=1"


def _black() -> list[Case]:
    middle = f"[base]{_box('between(t,2,5)')}[v]"
    stars = "nullsrc=s=640x360:r=25,geq=lum='if(gt(random(1)*1000,994),230,18)':cb=128:cr=128"
    return [
        *many("black in the middle", ["black"], over_bases(middle, seconds=7)),
        *many("black at first", ["black"], over_bases(f"[base]{_box('lt(t,2.5)')}[v]", only=FEW)),
        *many("black at the end", ["black"], over_bases(f"[base]{_box('gt(t,4)')}[v]", only=FEW)),
        *many(
            "a camera's black, with noise",
            ["black"],
            over_bases(
                f"[base]{_box('between(t,2,5)', '0x0b0b0b')},"
                "noise=alls=10:allf=t:enable='between(t,2,5)'[v]",
                only=FEW,
            ),
        ),
        *many(
            "fades through black",
            [],
            over_bases(
                "[base]fade=out:st=2.4:d=0.6:enable='lt(t,3)',"
                "fade=in:st=3:d=0.6:enable='gte(t,3)'[v]"
            ),
        ),
        *many("a second of black", [], over_bases(f"[base]{_box('between(t,2,3)')}[v]", only=FEW)),
        *many(
            "night",
            [],
            over_bases("[base]eq=brightness=-0.32:contrast=0.55[v]"),
            allowed=["frozen", "blur"],
        ),
        *many(
            "a title on black",
            [],
            over_bases(
                f"[base]{_box('between(t,2,5)')},"
                f"{_box('between(t,2,5)', 'white', 'x=200:y=170:w=240:h=6')}[v]",
                only=FEW,
            ),
        ),
        *many(
            "a product on black",
            [],
            over_bases(
                f"[base]{_box('between(t,2,5)')},"
                + _box("between(t,2,5)", "0x808080", "x=290:y=140:w=60:h=80")
                + "[v]",
                only=FEW,
            ),
        ),
        *many(
            "stars",
            [],
            {"twinkling": maker([drawn(stars, 4)], "[0:v]format=yuv420p[v]")},
            allowed=["blur", "blocks"],
        ),
    ]


def _frozen() -> list[Case]:
    stop = (
        "[base]split[a][b];[a]trim=end=2,tpad=stop_mode=clone:stop_duration={still}[s];"
        "[b]trim=start=2,setpts=PTS-STARTPTS[g];[s][g]concat[v]"
    )
    still = "trim=end_frame=1,tpad=stop_mode=clone:stop_duration=9,setpts=PTS-STARTPTS"
    moving = {
        "slow zoom": f"zoompan=z='1+on/1500':d=1:s={SIZE}:fps={RATE}",
        "slow pan": "crop=600:338:x='t*3':y=10,scale=640:360",
        "a small thing moves": _moving("red", 24, 24, "100+30*t", "180"),
        "light changes": "eq=brightness='0.02*t':eval=frame",
        "a hand of a clock": _moving("white", 8, 16, "320", "100+10*mod(floor(2*t),16)"),
    }
    pictures = {
        name: (arguments, even)
        for name, (arguments, even) in bases(1).items()
        if name in ("film at 14 s", "bottles", "fractal")
    }
    return [
        *many("stops for seven seconds", ["frozen"], over_bases(stop.format(still=7))),
        *many(
            "stops to the end",
            ["frozen"],
            over_bases("[base]trim=end=2,tpad=stop_mode=clone:stop_duration=6[v]", only=FEW),
        ),
        *many(
            "a still with grain",
            ["frozen"],
            over_bases(
                "[base]trim=end=1,tpad=stop_mode=clone:stop_duration=6,noise=alls=4:allf=t[v]",
                only=FEW,
            ),
        ),
        *many(
            "a freeze of three seconds",
            [],  # not in the corridor, where nothing moves before and after either
            over_bases(stop.format(still=3), only=("film at 2 s", "film at 30 s", "bottles")),
        ),
        *many(
            "a still in which something moves",
            [],
            {
                f"{what}, {name}": maker(
                    [arguments], f"{even};[base]{still},{graph},format=yuv420p[v]"
                )
                for name, (arguments, even) in pictures.items()
                for what, graph in moving.items()
            },
        ),
        *many("as it is", [], over_bases("[base]null[v]", seconds=8)),
    ]


def _strobe(hertz: float, area: str = "x=0:y=0:w=iw:h=ih", colour: str = "white@0.9") -> str:
    return f"[base]{_box(f'lt(mod(t*{hertz},1),0.5)', colour, area)}[v]"


def _coloured(first: str, second: str, hertz: float) -> Maker:
    """One colour and another in turn."""
    graph = f"[0:v]{_box(f'lt(mod(t*{hertz},1),0.5)', second)},format=yuv420p[v]"
    return maker([drawn(f"color={first}:s={SIZE}:r={FAST}", FLASH_SECONDS)], graph)


def _flashes() -> list[Case]:
    dark = "eq=brightness=-0.25"
    strobes = {
        f"{hertz} Hz over {name}": make
        for hertz in (5, 7.5, 12.5)
        for name, make in over_bases(
            f"[base]{dark}[d];" + _strobe(hertz).replace("[base]", "[d]"),
            seconds=FLASH_SECONDS,
            only=("film at 2 s", "bottles", "corridor"),
        ).items()
    }
    parts = {
        f"{width} × {height} pixels": maker(
            [drawn(f"color=0x202020:s={SIZE}:r={FAST}", FLASH_SECONDS)],
            "[0:v]null[base];" + _strobe(6, f"x=200:y=100:w={width}:h={height}"),
        )
        for width, height in ((220, 120), (320, 180))
    }
    small = {
        f"{width} × {height} pixels": maker(
            [drawn(f"color=0x202020:s={SIZE}:r={FAST}", FLASH_SECONDS)],
            "[0:v]null[base];" + _strobe(6, f"x=200:y=100:w={width}:h={height}"),
        )
        for width, height in ((60, 60), (80, 40), (30, 200))
    }
    slow = {f"{hertz} Hz": _coloured("0x202020", "white", hertz) for hertz in (1, 2, 2.9)}
    gentle = {
        "light greys": _coloured("0xf0f0f0", "0xffffff", 8),
        "near greys": _coloured("0x707070", "0x7c7c7c", 8),
        "dark greys": _coloured("0x101010", "0x303030", 8),
    }
    film = "bbb_1080p24_43s_noaudio.mp4"
    checks = maker(
        [drawn("nullsrc=s=640x360:r=30", FLASH_SECONDS)],
        "[0:v]geq=lum='255*mod(floor(X/8)+floor(Y/8)+floor(T*12),2)':cb=128:cr=128,"
        "format=yuv420p[v]",
    )
    return [
        *many("strobe", ["flashes"], strobes),
        *many("strobe of a part", ["flashes"], parts),
        *many(
            "strobe for a second",
            ["flashes"],
            over_bases(
                "[base]eq=brightness=-0.25,"
                + _box("between(t,1,2)*lt(mod(t*6,1),0.5)", "white@0.9")
                + "[v]",
                seconds=FLASH_SECONDS,
                only=("film at 2 s", "bottles", "corridor"),
            ),
        ),
        *many(
            "saturated red",
            ["flashes"],
            {
                "red and black": _coloured("black", "red", 6),
                "red and grey": _coloured("0x777777", "red", 6),
                "red and blue": _coloured("blue", "red", 5),
            },
        ),
        *many("slow pulses", [], slow, allowed=["frozen"]),
        *many("small lights", [], small),
        *many("gentle flicker", [], gentle, allowed=["frozen", "black"]),
        *many(
            "a camera flashes twice",
            [],
            over_bases(
                "[base]" + _box("between(t,1,1.1)+between(t,2.2,2.3)", "white@0.9") + "[v]",
                only=FEW,
            ),
        ),
        *many("fine squares that swap", [], {"8 pixels": checks}, allowed=["blur", "blocks"]),
        *many(
            "noise of a television",
            [],
            {
                "snow": maker(
                    [drawn("nullsrc=s=640x360:r=25,geq=lum='random(1)*255':cb=128:cr=128", 3)],
                    "[0:v]format=yuv420p[v]",
                )
            },
            allowed=["blocks", "interlaced", "frozen"],
        ),
        *many(
            "fast cuts",
            [],
            {
                "two a second": maker(
                    [excerpt(film, 0, 20)],
                    "[0:v]fps=25,scale=640:360,select='lt(mod(t,4),0.5)',setpts=N/25/TB[v]",
                ),
            },
        ),
        *many("quick film", [], over_bases("[base]setpts=PTS/3[v]", seconds=12)),
    ]


CORPUS = [*_black(), *_frozen(), *_flashes()]
