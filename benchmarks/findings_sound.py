"""The corpus for what is heard: silence, loudness, overdriven sound. Positives, and what a naive
check takes for them."""

from collections.abc import Callable, Sequence
from pathlib import Path

from findings_corpus import Case, drawn, excerpt, maker, many

SECONDS = 12
PICTURE = drawn("testsrc2=s=640x360:r=10", SECONDS)
FILM = ["-stream_loop", "1", *excerpt("bbb_480p24_30s_aac.mp4", 0, SECONDS)]
LOSSLESS = ("-c:a", "pcm_s16le")
MP3 = ("-c:a", "libmp3lame", "-b:a", "128k")

# Like speech: noise of a voice's spectrum in syllables and words.
SPEECH = (
    "anoisesrc=c=pink:a=0.6:seed={seed}:r=48000,highpass=f=150,lowpass=f=4000,"
    "tremolo=f=4:d=0.9,tremolo=f=0.5:d=0.6,volume={up}dB"
)
# Like music: chords with a beat.
MUSIC = (
    "aevalsrc='0.25*(sin(2*PI*{f}*t)+sin(2*PI*{f}*1.26*t)+sin(2*PI*{f}*1.5*t))"
    "*(0.35+0.65*exp(-6*mod(t,0.5)))':s=48000,volume={up}dB"
)
SOUNDS = {
    "speech": SPEECH.format(seed=1, up=12),
    "other speech": SPEECH.format(seed=2, up=8),
    "music": MUSIC.format(f=220, up=-4),
    "bass": MUSIC.format(f=70, up=-4),
}


def heard(
    source: str,
    chain: str,
    *,
    sound: Sequence[str] = ("-c:a", "aac", "-b:a", "160k"),
    ending: str = "mp4",
) -> Callable[[Path], Path]:
    """A clip with the sound after a chain of filters."""
    graph = f"[0:v]copy[v];[1:a]pan=stereo|c0=c0|c1=c0,{chain}[a]"
    return maker([PICTURE, drawn(source, SECONDS)], graph, sound=sound, ending=ending)


def in_film(chain: str) -> Callable[[Path], Path]:
    return maker([PICTURE, FILM], f"[0:v]copy[v];[1:a]{chain}[a]")


def over_sounds(
    chain: str, names: Sequence[str] = tuple(SOUNDS), **options: object
) -> dict[str, Callable[[Path], Path]]:
    return {name: heard(SOUNDS[name], chain, **options) for name in names}  # type: ignore[arg-type]


def muted(start: float, end: float, level: str = "0") -> str:
    return f"volume={level}:enable='between(t,{start},{end})'"


def gain(decibels: float) -> str:
    """Makes it that much louder and cuts off what doesn't fit."""
    return f"volume={decibels}dB,asoftclip=type=hard:threshold=1"


def _silence() -> list[Case]:
    room = "anoisesrc=c=brown:a={a}:r=48000:seed=3"
    return [
        *many("silent in the middle", ["silence"], over_sounds(muted(3, 9.5))),
        *many("silent from the start", ["silence"], over_sounds(muted(0, 6))),
        *many("silent to the end", ["silence"], over_sounds(muted(5, 12), ("speech", "music"))),
        *many("hiss of a muted microphone", ["silence"], over_sounds(muted(3, 9.5, "0.0008"))),
        *many(
            "sound track without sound",
            ["silence"],
            {
                "zeros": heard("anullsrc=r=48000:cl=stereo", "acopy"),
                "mono zeros": heard("anullsrc=r=44100:cl=mono", "acopy"),
                "dither": heard(
                    "anoisesrc=a=0.0001:r=48000:seed=5", "acopy", sound=LOSSLESS, ending="mov"
                ),
            },
        ),
        *many("pauses of two seconds", [], over_sounds(f"{muted(2, 4)},{muted(7, 9)}")),
        *many("fades out", [], over_sounds("afade=t=out:st=9:d=3")),
        *many("quiet passage", [], over_sounds(muted(3, 9, "0.02"), ("music", "speech"))),
        *many(
            "room between words",
            [],
            {
                str(a): maker(
                    [PICTURE, drawn(SOUNDS["speech"], SECONDS), drawn(room.format(a=a), SECONDS)],
                    f"[0:v]copy[v];[1:a]{muted(3, 9)}[w];[w][2:a]amix=normalize=0[a]",
                )
                for a in (0.02, 0.05, 0.1)
            },
        ),
        *many(
            "film",
            [],
            {"as it is": in_film("acopy"), "quieter": in_film("volume=-6dB")},
            allowed=["quiet"],  # at −30 LUFS
        ),
    ]


def _loudness() -> list[Case]:
    quiet = {
        f"{name}, {down} dB down": heard(SOUNDS[name], f"volume=-{down}dB")
        for name in ("speech", "music", "bass")
        for down in (22, 28)
    }
    squeezed = {
        f"{name}, squeezed": heard(
            SOUNDS[name], "volume=30dB,alimiter=limit=0.98:level=0,volume=12dB,asoftclip=type=tanh"
        )
        for name in ("speech", "other speech", "music", "bass")
    }
    usual = {
        f"{name} at {target} LUFS": heard(
            SOUNDS[name], f"loudnorm=I={target}:TP=-1:LRA=15,aresample=48000"
        )
        for name in ("speech", "music")
        for target in (-27, -23, -18, -14, -11)
    }
    return [
        *many("recorded too quietly", ["quiet"], quiet),
        *many(
            "film, too quiet",
            ["quiet"],
            {"24 dB": in_film("volume=-24dB"), "15 dB": in_film("volume=-15dB")},
            allowed=["silence"],  # its quiet part
        ),
        *many("squeezed", ["quiet"], squeezed, allowed=["clipping"]),
        *many("usual loudness", [], usual),
        *many(
            "mostly pauses", [], over_sounds(f"{muted(1, 4)},{muted(5, 9)}", ("speech", "music"))
        ),
    ]


def _clipping() -> list[Case]:
    return [
        *many("overdriven, AAC", ["clipping"], over_sounds(gain(18)), allowed=["quiet"]),
        *many(
            "overdriven, MP3",
            ["clipping"],
            over_sounds(gain(20), ("speech", "music"), sound=MP3),
            allowed=["quiet"],
        ),
        *many(
            "overdriven, PCM",
            ["clipping"],
            over_sounds(gain(14), ("speech", "music"), sound=LOSSLESS, ending="mov"),
            allowed=["quiet"],
        ),
        *many(
            "overdriven, turned down afterwards",
            ["clipping"],
            over_sounds(f"{gain(18)},volume=-5dB"),
            allowed=["quiet"],
        ),
        *many(
            "overdriven for three seconds",
            ["clipping"],
            over_sounds(
                "volume=20dB:enable='between(t,4,7)',asoftclip=type=hard:threshold=1",
                ("speech", "music"),
            ),
            allowed=["quiet"],
        ),
        *many("film, overdriven", ["clipping"], {"AAC": in_film(gain(22))}, allowed=["quiet"]),
        *many(
            "mastered loud",
            [],
            over_sounds("acompressor=ratio=4:makeup=4,alimiter=limit=0.95:level=0"),
            allowed=["quiet"],
        ),
        *many(
            "limited hard",
            [],
            over_sounds("volume=14dB,alimiter=limit=0.9:level=0:release=80"),
            allowed=["quiet"],
        ),
        *many(
            "pure tones at full scale",
            [],
            {
                f"{hertz} Hz": heard(f"sine=f={hertz}:r=48000,volume=18dB", "acopy")
                for hertz in (60, 200, 1000)
            },
            allowed=["quiet"],
        ),
        *many(
            "drums",
            [],
            {
                "kick": heard("aevalsrc='0.95*sin(2*PI*55*t)*exp(-8*mod(t,0.5))':s=48000", "acopy"),
                "clicks": heard(
                    "aevalsrc='0.95*sin(2*PI*2000*t)*exp(-200*mod(t,0.25))':s=48000", "acopy"
                ),
            },
            allowed=["quiet"],
        ),
        *many(
            "beeps of a game",
            [],
            {
                "square": heard(
                    "aevalsrc='0.5*sgn(sin(2*PI*440*t))*lt(mod(t,1),0.5)':s=48000", "acopy"
                )
            },
            allowed=["quiet"],
        ),
    ]


CORPUS = [*_silence(), *_loudness(), *_clipping()]
