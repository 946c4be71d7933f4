"""What is to be seen at each moment of a film, as Pillow images."""

import io
from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFont

from demo.art import gallery
from demo.art.palette import HOUSE, LIME, PAPER
from demo.art.shapes import document
from demo.library import Film, Scene

RATE = 25  # frames a second
SIZES = {"landscape": (1280, 720), "portrait": (720, 1280), "square": (720, 720)}
PUSH = 0.5  # seconds in which a scene pushes the one before out of the picture
ENTRANCE = 0.9  # seconds in which the things of a scene come to their places
ZOOM = 0.05  # of a diagram, over its scene


@dataclass(frozen=True, slots=True)
class Layout:
    """The picture above, the caption in a band below it, so that neither hides the other."""

    width: int
    height: int

    @property
    def band(self) -> int:
        return int(self.height * (0.2 if self.width >= self.height else 0.24))

    @property
    def art(self) -> int:
        return self.height - self.band


@dataclass(slots=True)
class Sprite:
    image: Image.Image
    x: int
    y: int


class MovingScene:
    """One scene, drawn once, wider than the picture, and passed by at a whole pixel a frame, which
    is smooth without any scaling. Its things come from the side to their places."""

    def __init__(self, scene: Scene, layout: Layout, number: int) -> None:
        self.layout = layout
        self.frames = round(scene.seconds * RATE)
        self.is_diagram = scene.art.startswith("diagram:")
        self.backwards = number % 2 == 1
        self.caption = draw_caption(scene.caption, layout, is_title=number == 0)
        wide = layout.width if self.is_diagram else layout.width + self.frames
        self.ground = _image(gallery.backdrop(scene.art, wide, layout.art)).convert("RGB")
        self.sprites = [_sprite(thing, wide, layout.art) for thing in gallery.sprites(scene.art)]

    def art_at(self, frame: int) -> Image.Image:
        if self.is_diagram:
            return self._zoomed(frame)
        left = self.frames - frame if self.backwards else frame
        left = max(0, min(left, self.frames))
        image = self.ground.crop((left, 0, left + self.layout.width, self.layout.art))
        for order, sprite in enumerate(self.sprites):
            away = 1 - ease((frame / RATE - 0.15 * order) / ENTRANCE)
            shift = round(away * self.layout.width * (-0.8 if self.backwards else 0.8))
            image.paste(sprite.image, (sprite.x - left + shift, sprite.y), sprite.image)
        return image

    def caption_rise(self, frame: int) -> int:
        """How many pixels the caption is still below its place."""
        return round((1 - ease(frame / RATE / 0.5)) * self.layout.band)

    def _zoomed(self, frame: int) -> Image.Image:
        part = ZOOM * frame / max(self.frames, 1)
        width, height = self.ground.size
        inset_x, inset_y = width * part / 2, height * part / 2
        return self.ground.resize(
            self.ground.size,
            Image.Resampling.BILINEAR,
            box=(inset_x, inset_y, width - inset_x, height - inset_y),
        )


def frames_of(film: Film) -> Iterator[Image.Image]:
    """Every frame of the film, in order."""
    layout = Layout(*SIZES[film.format])
    total = round(film.seconds * RATE)
    shown = 0
    before: Image.Image | None = None
    for number, scene in enumerate(film.scenes):
        moving = MovingScene(scene, layout, number)
        art = before
        for frame in range(moving.frames):
            art = moving.art_at(frame)
            picture = _pushed(before, art, frame)
            yield _composed(picture, moving, frame, layout, shown / total)
            shown += 1
        before = art


def ease(part: float) -> float:
    """From 0 to 1, quick at first and gentle at the end."""
    return 1 - (1 - min(max(part, 0.0), 1.0)) ** 3


def draw_caption(text: str, layout: Layout, *, is_title: bool) -> Image.Image:
    """The caption's band, its text as large as fits in two lines (three in a narrow film)."""
    band = Image.new("RGB", (layout.width, layout.band), HOUSE)
    draw = ImageDraw.Draw(band)
    lines_at_most = 2 if layout.width >= layout.height else 3
    size = int(min(layout.band * 0.34, layout.width * 0.07) * (1.2 if is_title else 1))
    while True:
        font = ImageFont.load_default(size)
        lines = _wrapped(text, font, layout.width * 0.88)
        if len(lines) <= lines_at_most and len(lines) * size * 1.25 <= layout.band * 0.86:
            break
        size -= 1
    draw.multiline_text(
        (layout.width / 2, layout.band / 2),
        "\n".join(lines),
        font=font,
        fill=LIME if is_title else PAPER,
        anchor="mm",
        align="center",
        spacing=size * 0.25,
    )
    return band


def _wrapped(
    text: str, font: ImageFont.FreeTypeFont | ImageFont.ImageFont, width: float
) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) <= width or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _pushed(before: Image.Image | None, art: Image.Image, frame: int) -> Image.Image:
    """The new picture, pushing the old one out to the left for the first half second."""
    part = ease((frame + 1) / RATE / PUSH)
    if before is None or part >= 1:
        return art
    width = art.width
    edge = round(width * (1 - part))
    both = Image.new("RGB", art.size)
    both.paste(before, (edge - width, 0))
    both.paste(art, (edge, 0))
    return both


def _composed(
    art: Image.Image, moving: MovingScene, frame: int, layout: Layout, done: float
) -> Image.Image:
    """Art, caption and a line of limelight that grows as the film goes on."""
    image = Image.new("RGB", (layout.width, layout.height), HOUSE)
    image.paste(moving.caption, (0, layout.art + moving.caption_rise(frame)))
    image.paste(art, (0, 0))
    line = max(4, layout.band // 24)
    ImageDraw.Draw(image).rectangle(
        (0, layout.art, round(layout.width * done), layout.art + line), fill=LIME
    )
    return image


def _sprite(thing: gallery.Thing, width: int, height: int) -> Sprite:
    drawing = gallery.standing(thing, width, height)
    image = _image(document(width, height, drawing)).convert("RGBA")
    left, top, right, bottom = image.getbbox() or (0, 0, 1, 1)
    return Sprite(image.crop((left, top, right, bottom)), left, top)


def _image(svg: str) -> Image.Image:
    return Image.open(io.BytesIO(gallery.png(svg)))
