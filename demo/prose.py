"""Guides' texts and blocks: from the way they are written in demo/content/ to Wagtail's."""

import json
import re
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.html import escape

from demo.library import Block, Guide, joined

# What a block holds that nobody reads.
_NOT_TEXT = {"art", "film", "product", "level"}


@dataclass(frozen=True, slots=True)
class References:
    """The ids of what a guide's blocks show, by their names in demo/content/."""

    pictures: Mapping[str, int]
    products: Mapping[str, int]
    videos: Mapping[str, int] = field(default_factory=dict)


def stream_json(guide: Guide, references: References) -> str:
    """The body as a StreamField stores it. A video that isn't there yet is left out."""
    blocks = [
        {
            "type": block.kind,
            "value": _value(block, references),
            # The same ids each time, so that two versions of a guide can be compared.
            "id": str(uuid.uuid5(uuid.NAMESPACE_URL, f"demo/{guide.key}/{number}")),
        }
        for number, block in enumerate(guide.body)
        if block.kind != "video" or block.value["film"] in references.videos
    ]
    return json.dumps(blocks)


def rich_text(text: str) -> str:
    """Paragraphs between empty lines, lists of lines that begin with a dash, **bold** words."""
    parts = [part.strip() for part in re.split(r"\n\s*\n", text.strip())]
    return "".join(_list(part) if part.startswith("- ") else _paragraph(part) for part in parts)


def words_of(guide: Guide) -> list[str]:
    """Every word that a reader of the guide's body sees."""
    return [
        word
        for block in guide.body
        for text in _texts(block.value)
        for word in text.split()
        if any(character.isalnum() for character in word)
    ]


def _value(block: Block, references: References) -> Any:
    match block.kind:
        case "rich_text":
            return rich_text(block.value)
        case "picture":
            return {
                "picture": references.pictures[block.value["art"]],
                "alt_text": block.value["alt"],
                "caption": block.value.get("caption", ""),
            }
        case "product":
            return {**block.value, "product": references.products[block.value["product"]]}
        case "video":
            return {
                "video": references.videos[block.value["film"]],
                "caption": block.value.get("caption", ""),
            }
        case "specification_table":
            return _table(block.value, ("name", "value"))
        case "comparison_table":
            rows = [{"name": name, "values": values} for name, *values in block.value["rows"]]
            return {**block.value, "rows": rows}
        case "steps":
            steps = [{"title": title, "text": text} for title, text in block.value["steps"]]
            return {"title": block.value["title"], "steps": steps}
        case "questions":
            pairs = block.value["questions"]
            return {"questions": [{"question": q, "answer": a} for q, a in pairs]}
    return block.value


def _table(value: Mapping[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    rows = [dict(zip(names, row, strict=True)) for row in value["rows"]]
    return {"caption": value["caption"], "rows": rows}


def _paragraph(text: str) -> str:
    return f"<p>{_inline(text)}</p>"


def _list(text: str) -> str:
    items = re.split(r"^- ", text, flags=re.MULTILINE)[1:]
    return "<ul>" + "".join(f"<li>{_inline(item)}</li>" for item in items) + "</ul>"


def _inline(text: str) -> str:
    return re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", escape(joined(text)))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            if name not in _NOT_TEXT:
                yield from _texts(inner)
    else:
        for inner in value:
            yield from _texts(inner)
