"""What a button can do to the order of things: `up:body:3f2a`, `add:body:heading:3f2a`.

The page does the same by itself where there is JavaScript; this is the door without it.
"""

from collections.abc import Callable

from workbench.blockforms.nodes import Item, Node, SeriesNode


def apply_operation(root: Node, operation: str) -> str | None:
    """Do what the button said, and say which item to go to afterwards (its name in the form).

    None if the operation makes no sense (any more): nothing has changed then.
    """
    verb, _, rest = operation.partition(":")
    series_name, _, arguments = rest.partition(":")
    series = _series(root, series_name)
    if series is None:
        return None
    if verb == "add":
        return _add(series, arguments)
    move = _MOVES.get(verb)
    index = _index(series, arguments)
    if move is None or index is None:
        return None
    return move(series.items, index)


def _series(root: Node, name: str) -> SeriesNode | None:
    return next(
        (node for node in root.walk() if isinstance(node, SeriesNode) and node.name == name), None
    )


def _index(series: SeriesNode, item_id: str) -> int | None:
    return next((i for i, item in enumerate(series.items) if item.id == item_id), None)


def _add(series: SeriesNode, arguments: str) -> str | None:
    type_name, _, after = arguments.partition(":")
    block = series.block_of(type_name)
    if block is None:
        return None
    index = _index(series, after)
    item = series.new_item(block)
    series.items.insert(len(series.items) if index is None else index + 1, item)
    return item.name


def _remove(items: list[Item], index: int) -> str:
    items.pop(index)
    if not items:
        return ""
    return items[max(index - 1, 0)].name


def _move(items: list[Item], index: int, target: int) -> str:
    item = items.pop(index)
    items.insert(max(target, 0), item)
    return item.name


_MOVES: dict[str, Callable[[list[Item], int], str]] = {
    "remove": _remove,
    "up": lambda items, index: _move(items, index, index - 1),
    "down": lambda items, index: _move(items, index, index + 1),
}
