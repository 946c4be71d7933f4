"""One node for each kind of block: what is shown of it, and what was posted for it.

Names in the form follow the tree. A series (stream or list) posts the ids of its items in
their order under its own name; whatever belongs to an item starts with the series' name and
that id. So moving an item in the page is moving it in the form, and nothing is renumbered.
"""

import re
import uuid
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError, ListValue
from wagtail.blocks.stream_block import StreamBlockValidationError, StreamValue
from wagtail.blocks.struct_block import StructBlockValidationError

from workbench.blockforms.shelf import Shelf

_ID = re.compile(r"[0-9a-zA-Z-]{1,64}")

MAX_ITEMS = 300
"""In one series. More is not a guide but an attack."""


@dataclass(frozen=True)
class Context:
    """What all nodes of one form share: the Django form that holds every leaf's field, so that
    leaves look like any other field, and the shelf that choosers choose from."""

    fields: forms.Form
    shelf: Shelf
    leaf_for: "Callable[[Any, str, Context], Node]"
    """Makes the leaf for a FieldBlock. Leaves are nodes too, so it comes from above."""


class Node(ABC):
    """A block with its place in the form."""

    template_name: ClassVar[str]

    def __init__(self, block: Any, name: str, context: Context) -> None:
        self.block = block
        self.name = name
        self.context = context
        self.errors: list[str] = []

    @property
    def label(self) -> str:
        return str(self.block.label)

    @property
    def help_text(self) -> str:
        return str(getattr(self.block.meta, "help_text", "") or "")

    @abstractmethod
    def fill(self, value: Any) -> None:
        """Show this value."""

    @abstractmethod
    def read(self, data: QueryDict) -> None:
        """Take what was posted."""

    @property
    @abstractmethod
    def value(self) -> Any:
        """The block's native value, complete or not."""

    @property
    def children(self) -> list["Node"]:
        return []

    def take_error(self, error: ValidationError) -> None:
        """Keep what the block's own `clean` said, each part where it belongs."""
        self.errors.extend(error.messages)

    def walk(self) -> Iterator["Node"]:
        yield self
        for child in self.children:
            yield from child.walk()


def node_for(block: Any, name: str, context: Context) -> Node:
    """The node for a block of this kind, still empty."""
    if isinstance(block, blocks.StreamBlock):
        return StreamNode(block, name, context)
    if isinstance(block, blocks.ListBlock):
        return ListNode(block, name, context)
    if isinstance(block, blocks.StructBlock):
        return StructNode(block, name, context)
    return context.leaf_for(block, name, context)


class StructNode(Node):
    template_name = "workbench/blocks/struct.html"

    def __init__(self, block: Any, name: str, context: Context) -> None:
        super().__init__(block, name, context)
        self.parts = {
            key: node_for(child, f"{name}-{key}", context)
            for key, child in block.child_blocks.items()
        }

    @property
    def children(self) -> list[Node]:
        return list(self.parts.values())

    def fill(self, value: Any) -> None:
        for key, node in self.parts.items():
            node.fill(value[key])

    def read(self, data: QueryDict) -> None:
        for node in self.parts.values():
            node.read(data)

    @property
    def value(self) -> Any:
        return self.block.normalize({key: node.value for key, node in self.parts.items()})

    def take_error(self, error: ValidationError) -> None:
        if not isinstance(error, StructBlockValidationError):
            super().take_error(error)
            return
        self.errors.extend(error.non_block_errors)
        for key, child_error in error.block_errors.items():
            self.parts[key].take_error(child_error)


@dataclass
class Item:
    """A member of a series. Its id stays with it for good: comments and anchors hang on it."""

    id: str
    node: Node
    series: "SeriesNode" = field(repr=False)

    @property
    def name(self) -> str:
        return f"{self.series.name}-{self.id}"

    @property
    def type(self) -> str:
        return str(self.node.block.name)

    @property
    def path(self) -> str:
        """How an operation names this item."""
        return f"{self.series.name}:{self.id}"


class SeriesNode(Node):
    """What streams and lists have in common: items that can be added, removed and moved."""

    items: list[Item]

    def __init__(self, block: Any, name: str, context: Context) -> None:
        super().__init__(block, name, context)
        self.items = []

    @property
    def children(self) -> list[Node]:
        return [item.node for item in self.items]

    @property
    def types(self) -> list[Any]:
        """The blocks that an item can be made of."""
        return [self.block.child_block]

    def block_of(self, type_name: str) -> Any | None:
        return next((block for block in self.types if block.name == type_name), None)

    def make_item(self, block: Any, item_id: str = "") -> Item:
        """An empty item that isn't in the series yet."""
        item_id = item_id or str(uuid.uuid4())
        node = node_for(block, f"{self.name}-{item_id}-value", self.context)
        return Item(id=item_id, node=node, series=self)

    def new_item(self, block: Any, item_id: str = "") -> Item:
        """An item as it is when it has just been added, with the block's defaults."""
        item = self.make_item(block, item_id)
        item.node.fill(block.normalize(block.get_default()))
        for node in item.node.walk():
            if isinstance(node, ListNode):
                node.pad()
        return item

    def read(self, data: QueryDict) -> None:
        seen: set[str] = set()
        for item_id in data.getlist(self.name)[:MAX_ITEMS]:
            block = self.posted_block(data, item_id)
            if block is None or item_id in seen or not _ID.fullmatch(item_id):
                continue
            seen.add(item_id)
            item = self.make_item(block, item_id)
            item.node.read(data)
            self.items.append(item)

    @abstractmethod
    def posted_block(self, data: QueryDict, item_id: str) -> Any | None:
        """What the posted item is made of; None if there is no such block."""

    def take_error(self, error: ValidationError) -> None:
        if not isinstance(error, ListBlockValidationError | StreamBlockValidationError):
            super().take_error(error)
            return
        self.errors.extend(error.non_block_errors)
        for index, child_error in error.block_errors.items():
            self.items[index].node.take_error(child_error)


class ListNode(SeriesNode):
    template_name = "workbench/blocks/list.html"

    def fill(self, value: Any) -> None:
        for child in value.bound_blocks:
            item = self.make_item(self.block.child_block, child.id)
            item.node.fill(child.value)
            self.items.append(item)

    def pad(self) -> None:
        """As many empty items as the block asks for at least."""
        while len(self.items) < (self.block.meta.min_num or 0):
            self.items.append(self.new_item(self.block.child_block))

    def posted_block(self, data: QueryDict, item_id: str) -> Any | None:
        return self.block.child_block

    @property
    def value(self) -> ListValue:
        return ListValue(
            self.block,
            bound_blocks=[
                ListValue.ListChild(self.block.child_block, item.node.value, id=item.id)
                for item in self.items
            ],
        )

    def make_item(self, block: Any, item_id: str = "") -> Item:
        item = super().make_item(block, item_id)
        if self.is_plain:
            # The items of a list of words have no name of their own.
            self.context.fields.fields[item.node.name].label = self.label
        return item

    @property
    def is_plain(self) -> bool:
        """Whether an item is a single field."""
        return isinstance(self.block.child_block, blocks.FieldBlock)

    @property
    def is_compact(self) -> bool:
        """Whether an item is a line or two: a word, or a row of words."""
        child = self.block.child_block
        leaves = child.child_blocks.values() if isinstance(child, blocks.StructBlock) else [child]
        return all(type(leaf) is blocks.CharBlock for leaf in leaves)

    @property
    def blank_item(self) -> Item:
        """What the page keeps to make more of, its id still a place-holder."""
        return self.new_item(self.block.child_block, f"__{self.depth}__")

    @property
    def depth(self) -> int:
        """How many series this one is inside of: place-holders of each must differ."""
        return self.name.count("-value")


class StreamNode(SeriesNode):
    template_name = "workbench/blocks/stream.html"

    @property
    def types(self) -> list[Any]:
        return list(self.block.child_blocks.values())

    def fill(self, value: Any) -> None:
        for child in value:
            item = self.make_item(child.block, child.id or "")
            item.node.fill(child.value)
            self.items.append(item)

    def posted_block(self, data: QueryDict, item_id: str) -> Any | None:
        return self.block_of(data.get(f"{self.name}-{item_id}-type", ""))

    @property
    def value(self) -> StreamValue:
        return StreamValue(
            self.block, [(item.type, item.node.value, item.id) for item in self.items]
        )

    @property
    def blank_items(self) -> list[Item]:
        """One of each type, for the page to make more of. Their place-holders differ, because
        fields are known by name: two types that are one leaf each would share it."""
        return [self.new_item(block, f"__{block.name}__") for block in self.types]
