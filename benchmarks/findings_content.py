"""The corpus for what a picture says: codes, addresses, telephone numbers, prices, marks.
Positives, and what a naive check takes for them. Letters are drawn with the fonts that the system
has, or with Pillow's own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import zxingcpp
from findings_corpus import Case, bases, maker
from PIL import Image, ImageDraw, ImageFilter, ImageFont

SECONDS = 6.0
LONG = 14.0  # seconds; a mark is what stays while much else was to be seen
WIDTH, HEIGHT = 640, 360
FONTS = {
    "sans": "DejaVuSans.ttf",
    "bold": "DejaVuSans-Bold.ttf",
    "serif": "LiberationSerif-Regular.ttf",
    "narrow": "LiberationSansNarrow-Italic.ttf",
    "typewriter": "DejaVuSansMono.ttf",
}
REAL = ("film at 2 s", "film at 14 s", "film at 30 s", "bottles", "corridor")
MOVING = ("film at 2 s", "film at 14 s", "film at 30 s")
Draw = Callable[[Image.Image], None]


@dataclass(frozen=True)
class Look:
    """How letters are set."""

    font: str = "bold"
    size: int = 24
    colour: str = "white"
    outline: str | None = "black"
    box: str | None = None
    place: tuple[int, int] = (60, 60)
    alpha: int = 255


LOOKS = {
    "white with an outline": Look(),
    "black in a white box": Look("sans", 22, "black", None, "white", (40, 280)),
    "yellow serif": Look("serif", 30, "yellow", "black", None, (90, 140)),
    "small in a box": Look("narrow", 18, "white", None, "navy", (300, 320)),
    "large": Look("bold", 40, "white", "black", None, (30, 160)),
    "typewriter": Look("typewriter", 20, "black", "white", None, (60, 220)),
}


@cache
def font_of(name: str, size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    try:
        return ImageFont.truetype(FONTS[name], size)
    except OSError:
        return ImageFont.load_default(size)


def written(text: str, look: Look) -> Draw:
    def draw(image: Image.Image) -> None:
        font, pen = font_of(look.font, look.size), ImageDraw.Draw(image)
        stroke = 2 if look.outline else 0
        if look.box:
            left, top, right, bottom = pen.textbbox(look.place, text, font)
            pen.rectangle((left - 10, top - 8, right + 10, bottom + 8), fill=look.box)
        pen.text(look.place, text, look.colour, font, stroke_width=stroke, stroke_fill=look.outline)

    return draw


def overlaid(
    base: str,
    draw: Draw,
    *,
    shown: tuple[float, float] = (0, LONG),
    alpha: float = 1.0,
    seconds: float = SECONDS,
) -> Callable[[Path], Path]:
    """The base with what `draw` draws on it, while it is shown."""
    arguments, even = bases(seconds)[base]

    def make(folder: Path) -> Path:
        sheet = Image.new("RGBA", (WIDTH, HEIGHT))
        draw(sheet)
        sheet.save(folder / "sheet.png")
        graph = (
            f"{even};[1:v]format=rgba,colorchannelmixer=aa={alpha}[over];"
            f"[base][over]overlay=enable='between(t,{shown[0]},{shown[1]})'[v]"
        )
        sheet_input = ["-loop", "1", "-t", f"{seconds}", "-i", str(folder / "sheet.png")]
        return maker([arguments, sheet_input], graph)(folder)

    return make


def _texts(kind: str, texts: Sequence[str], *, is_there: bool = True) -> list[Case]:
    """Each text in another look over another base."""
    cases = []
    looks, grounds = list(LOOKS.items()), list(REAL)
    for number, text in enumerate(texts):
        name, look = looks[number % len(looks)]
        ground = grounds[number % len(grounds)]
        cases.append(
            Case(
                f"{kind}: “{text}”, {name}, over {ground}",
                frozenset([kind] if is_there else []),
                overlaid(ground, written(text, look), shown=(1, 5)),
                frozenset({"watermark"}),
            )
        )
    return cases


ADDRESSES = (
    "www.example.com",
    "example.com/sale",
    "Visit shop.example.co.uk",
    "info@example.com",
    "https://example.org",
    "EXAMPLE.COM",
    "example.shop",
    "More at example.de",
    "kitchen-example.store",
    "service@example.net",
    "example.fr",
    "Get yours: example.eu",
    "WWW.EXAMPLE.ORG",
    "bit.ly/3exAmpl",
)
TELEPHONES = (
    "Call 0800 123 4567",
    "+49 30 1234567",
    "(555) 123-4567",
    "1-800-555-0199",
    "Tel. 030 / 123 45 67",
    "01632 960 983",
    "WhatsApp 07700 900123",
    "+33 1 23 45 67 89",
    "Hotline: 0900 123456",
    "+1 555 010 9999",
    "Phone 555-123-4567",
    "01 23 45 67 89",
    "+86 138 0013 8000",
)
PRICES = (
    "Only $19.99",
    "€49.90",
    "19,99 €",
    "£129",
    "USD 25",
    "50% off",
    "SALE -30%",
    "now 29.95",
    "$1,299.00",
    "ab 19,99 EUR",
    "Save 20%",
    "499 kr",
    "Price: 12.50",
)
# What stands on products and in films about them.
HARMLESS = (
    "Boils 1.7 litres in 3:45",
    "Model KX-2000.550",
    "4006381333931",
    "220-240 V 50/60 Hz",
    "100% cotton",
    "IP67, USB 3.2 Gen 2",
    "Version 10.15.7",
    "1920 x 1080, 16:9",
    "23.11.2026",
    "08:30 - 18:00",
    "Part no. 0445 110 183",
    "4.8 of 5, 1,299 reviews",
    "12.50 kg",
    "EN 14344:2004",
    "Step 3: fill the pot",
    "Size 38-40-42",
    "10,000 mAh",
    "50% less noise",
    "Dr. Smith & Co. KG",
    "The pot is hot.Don't touch",
)


def _codes() -> list[Case]:
    formats = zxingcpp.BarcodeFormat
    stickers = {
        "QR": (formats.QRCode, "https://example.com/buy", 4, 0),
        "small QR": (formats.QRCode, "example.com", 3, 0),
        "tilted QR": (formats.QRCode, "https://example.com/tilted", 4, 11),
        "Data Matrix": (formats.DataMatrix, "https://example.com/dm", 5, 0),
        "Aztec": (formats.Aztec, "https://example.com/az", 5, 0),
        "EAN": (formats.EAN13, "4006381333931", 2, 0),
        "Code 128": (formats.Code128, "AUD-2026-77", 2, 0),
    }
    cases = []
    for number, (name, (kind, text, scale, angle)) in enumerate(stickers.items()):
        for ground in (REAL[number % 5], REAL[(number + 2) % 5]):
            draw = pasted(sticker(kind, text, scale, angle), (180 + 20 * number, 70))
            cases.append(
                Case(
                    f"code: {name} over {ground}",
                    frozenset(["code"]),
                    overlaid(ground, draw, shown=(1, 5)),
                    frozenset({"watermark"}),
                )
            )
    return cases


def sticker(kind: zxingcpp.BarcodeFormat, text: str, scale: int, angle: float) -> Image.Image:
    drawn = zxingcpp.write_barcode_to_image(zxingcpp.create_barcode(text, kind), scale=scale)
    image = Image.fromarray(np.array(drawn)).convert("RGBA")
    return image.rotate(angle, expand=True, fillcolor="white")


def pasted(image: Image.Image, place: tuple[int, int]) -> Draw:
    return lambda sheet: sheet.paste(image, place, image)


def _no_codes() -> list[Case]:
    random = np.random.default_rng(7)
    patterns = {
        "stripes": np.tile(np.repeat(random.integers(0, 2, 60) * 255, 4), (160, 1)),
        "even stripes": np.tile(np.repeat([0, 255], 6), (160, 20)),
        "chessboard": np.kron(np.indices((16, 16)).sum(axis=0) % 2 * 255, np.ones((10, 10))),
        "noise in squares": np.kron(random.integers(0, 2, (25, 25)) * 255, np.ones((6, 6))),
        "three squares": _three_squares(),
        "a weave": np.tile(np.kron(np.eye(4), np.ones((5, 5))) * 255, (8, 10)),
    }
    cases = []
    for number, (name, pattern) in enumerate(patterns.items()):
        image = Image.fromarray(pattern.astype(np.uint8)).convert("RGBA")
        for ground in (REAL[number % 5], REAL[(number + 3) % 5]):
            cases.append(
                Case(
                    f"no code: {name} over {ground}",
                    frozenset(),
                    overlaid(ground, pasted(image, (200, 80)), shown=(1, 5)),
                    frozenset({"watermark"}),
                )
            )
    return cases


def _three_squares() -> "np.ndarray[tuple[int, ...], np.dtype[np.float64]]":
    """The corners of a QR code, and nothing in it."""
    sheet = np.full((180, 180), 255.0)
    for top, left in ((10, 10), (10, 120), (120, 10)):
        for inset, level in ((0, 0), (8, 255), (16, 0)):
            sheet[top + inset : top + 56 - inset, left + inset : left + 56 - inset] = level
    return sheet


def _marks() -> list[Case]:
    corner = {"top left": (20, 16), "top right": (440, 16), "bottom right": (430, 322)}
    cases = []
    for number, ground in enumerate(MOVING):
        for place, spot in corner.items():
            alpha = (1.0, 0.6, 0.4)[number]
            look = Look("bold", 26, "white", None, None, spot)
            cases.append(
                Case(
                    f"watermark: letters {place} at {alpha} over {ground}",
                    frozenset(["watermark"]),
                    overlaid(ground, written("SHOPMARK", look), alpha=alpha, seconds=LONG),
                )
            )
        cases += [
            Case(
                f"watermark: a sign over {ground}",
                frozenset(["watermark"]),
                overlaid(ground, _sign((570, 290)), alpha=0.8, seconds=LONG),
            ),
            Case(
                f"watermark: letters across the middle of {ground}",
                frozenset(["watermark"]),
                overlaid(
                    ground,
                    written("preview only", Look("sans", 60, "white", None, None, (130, 140))),
                    alpha=0.35,
                    seconds=LONG,
                ),
            ),
        ]
    return cases


def _no_marks() -> list[Case]:
    cases = [
        Case(f"no watermark: {ground}", frozenset(), maker([arguments], f"{even};[base]null[v]"))
        for ground, (arguments, even) in bases(LONG).items()
        if ground != "test picture"
    ]
    for ground in MOVING:
        title = written("How to cook rice", Look(place=(200, 280)))
        cases += [
            Case(
                f"no watermark: a title for three seconds over {ground}",
                frozenset(),
                overlaid(ground, title, shown=(1, 4), seconds=LONG),
            ),
            Case(
                f"no watermark: a soft shadow at the edges of {ground}",
                frozenset(),
                overlaid(ground, _shadow, seconds=LONG),
            ),
            Case(
                f"no watermark: bars over {ground}",
                frozenset(["letterbox"]),
                overlaid(ground, _bars, seconds=LONG),
            ),
        ]
    for ground in ("bottles", "corridor"):
        cases.append(
            Case(
                f"no watermark: a picture on the wall, {ground}",
                frozenset(),
                overlaid(ground, _sign((500, 40)), seconds=LONG),
                frozenset({"watermark"}) if ground == "bottles" else frozenset(),
            )
        )
    return cases


def _sign(place: tuple[int, int]) -> Draw:
    def draw(image: Image.Image) -> None:
        left, top = place
        pen = ImageDraw.Draw(image)
        pen.ellipse((left, top, left + 48, top + 48), fill="white")
        pen.polygon(
            [(left + 24, top + 8), (left + 40, top + 38), (left + 8, top + 38)], fill="crimson"
        )

    return draw


def _shadow(image: Image.Image) -> None:
    hole = Image.new("L", image.size, 120)
    ImageDraw.Draw(hole).ellipse((60, 30, WIDTH - 60, HEIGHT - 30), fill=0)
    image.putalpha(hole.filter(ImageFilter.GaussianBlur(40)))


def _bars(image: Image.Image) -> None:
    pen = ImageDraw.Draw(image)
    for top in (0, HEIGHT - 46):
        pen.rectangle((0, top, WIDTH, top + 46), fill="black")


CORPUS: list[Case] = [
    *_codes(),
    *_no_codes(),
    *_texts("address", ADDRESSES),
    *_texts("telephone", TELEPHONES),
    *_texts("price", PRICES),
    *_texts("address", HARMLESS, is_there=False),
    *_marks(),
    *_no_marks(),
]
