from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from wagtail.blocks import Block
from wagtail.blocks.stream_block import StreamValue

from workbench.blockforms.leaves import ChooserLeaf, leaf_for
from workbench.blockforms.nodes import Context, Node, node_for
from workbench.blockforms.operations import apply_operation
from workbench.blockforms.shelf import Shelf


class BlockForm:
    """A block (a guide's whole body, or a list of pictures) as a form.

    `form = BlockForm(block, name="body", shelf=shelf)`, then either `form.fill(value)` to show
    something or `form.read(request.POST)` to take what was posted. `form.value` is the block's
    native value either way, with the ids that its items have always had.
    """

    def __init__(self, block: Block, *, name: str, shelf: Shelf) -> None:
        # Never bound: the nodes read the data themselves and put what is to be shown, and what
        # is wrong with it, into this form only for the templates.
        fields = forms.Form(auto_id="id_%s", use_required_attribute=False)
        self.root = node_for(block, name, Context(fields, shelf, leaf_for))

    @property
    def value(self) -> Any:
        return self.root.value

    def fill(self, value: Any) -> None:
        self.root.fill(value)

    def read(self, data: QueryDict) -> None:
        self.root.read(data)

    def apply(self, operation: str) -> str | None:
        """See `operations.apply_operation`."""
        return apply_operation(self.root, operation)

    @property
    def refused(self) -> list[Node]:
        """Choices that were posted and may not be made; they are left out of `value`."""
        return [node for node in self.root.walk() if isinstance(node, ChooserLeaf) and node.errors]

    def check(self) -> bool:
        """Ask the blocks themselves whether everything is there and right. False if not; each
        field then says what it lacks."""
        try:
            self.root.block.clean(self.value)
        except ValidationError as error:
            self.root.take_error(error)
        return not any(node.errors for node in self.root.walk())

    @property
    def messages(self) -> dict[str, list[str]]:
        """What is wrong, by the name of the field or series."""
        return {node.name: node.errors for node in self.root.walk() if node.errors}


def references_of(value: StreamValue) -> set[tuple[type[Any], str]]:
    """What a value points at: (model, primary key)."""
    return {(model, str(pk)) for model, pk, *_ in value.stream_block.extract_references(value)}
