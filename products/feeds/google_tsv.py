from collections.abc import Iterator
from typing import BinaryIO

from django.utils.translation import gettext as _

from products.errors import FeedUnreadableError
from products.feeds.files import numbered_lines
from products.feeds.google import item_of
from products.feeds.items import FeedLine

_COLONS_OF_DETAIL = 2


def read_google_tsv(stream: BinaryIO) -> Iterator[FeedLine]:
    """Records of a tab-separated feed: the first line names the columns, each other line is one
    product. A line is always a record, so that a stray quotation mark can't swallow the rest."""
    lines = numbered_lines(stream)
    names = _columns(next(lines, (1, "", "")))
    for number, text, problem in lines:
        cells = [_unquoted(cell) for cell in text.split("\t")]
        while len(cells) > len(names) and not cells[-1]:
            cells.pop()
        if problem:
            yield FeedLine(number, problem=problem)
        elif len(cells) > len(names):
            yield FeedLine(
                number,
                problem=_("There are %(cells)d columns, but the first line names %(names)d.")
                % {"cells": len(cells), "names": len(names)},
            )
        else:
            yield item_of(number, _row(names, cells))


def _columns(first: tuple[int, str, str]) -> list[str]:
    """The columns' names as the specification writes them: “image link” is image_link."""
    names = [
        _unquoted(name).lower().removeprefix("g:").replace(" ", "_")
        for name in first[1].rstrip("\t").split("\t")
    ]
    missing = [name for name in ("id", "title") if name not in names]
    if missing:
        raise FeedUnreadableError(
            _("The first line must name the columns; %(names)s is missing there.")
            % {"names": ", ".join(missing)}
        )
    return names


def _row(names: list[str], cells: list[str]) -> dict[str, list[str]]:
    row: dict[str, list[str]] = {}
    for name, cell in zip(names, cells, strict=False):
        row.setdefault(name, []).extend(_several(name, cell))
    return row


def _several(name: str, cell: str) -> list[str]:
    """Where a column may have several values there are commas between them. In details
    (section:name:value) a comma may also be part of a value: what follows it has no colons."""
    if name == "additional_image_link":
        return [address.strip() for address in cell.split(",")]
    if name != "product_detail":
        return [cell]
    details: list[str] = []
    for piece in cell.split(","):
        if piece.count(":") >= _COLONS_OF_DETAIL or not details:
            details.append(piece)
        else:
            details[-1] += f",{piece}"
    return details


def _unquoted(cell: str) -> str:
    """Spreadsheets put quotation marks around cells that have some inside."""
    cell = cell.strip()
    if len(cell) > 1 and cell.startswith('"') and cell.endswith('"'):
        return cell[1:-1].replace('""', '"').strip()
    return cell
