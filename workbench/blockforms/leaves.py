"""How a single field of a block is shown and read. The admin's own widgets stay behind."""

import copy
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms.utils import ErrorList
from django.http import QueryDict
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.blocks.field_block import ChooserBlock
from wagtail.rich_text import RichText

from media_pipeline.models import Picture
from workbench.blockforms.nodes import Context, Node
from workbench.blockforms.rich_text import read_rich_text


class Leaf(Node):
    """One form field. Reading is lenient, so that a draft can be kept unfinished: what doesn't
    fit is said by the block's own `clean` when the guide is handed in."""

    template_name = "workbench/blocks/leaf.html"

    def __init__(self, block: Any, name: str, context: Context) -> None:
        super().__init__(block, name, context)
        self._value: Any = None
        context.fields.fields[name] = self.make_field()

    @property
    def field(self) -> forms.BoundField:
        """As a template shows it."""
        return self.context.fields[self.name]

    def make_field(self) -> forms.Field:
        field = copy.deepcopy(self.block.field)
        field.widget = self.make_widget(field)
        if isinstance(field, forms.ChoiceField):
            field.choices = field.choices
        field.label = self.label
        field.widget.attrs.update(field.widget_attrs(field.widget))
        return field

    def make_widget(self, field: forms.Field) -> forms.Widget:
        """Django's own widget for a field of this class."""
        if isinstance(field, forms.ChoiceField):
            return forms.Select()  # the field tells its widget what can be chosen
        widget = type(field).widget
        return widget() if isinstance(widget, type) else copy.deepcopy(widget)

    @property
    def value(self) -> Any:
        return self._value

    def fill(self, value: Any) -> None:
        self._value = value
        self.show(self.block.value_for_form(value))

    def show(self, value: Any) -> None:
        self.context.fields.initial[self.name] = value

    def read(self, data: QueryDict) -> None:
        field = self.context.fields.fields[self.name]
        raw = field.widget.value_from_datadict(data, {}, self.name)
        try:
            self.fill(self.block.value_from_form(self.checked(field, raw)))
        except ValidationError as error:
            self.fill(self.block.normalize(self.block.get_default()))
            self.take_error(error)

    def checked(self, field: forms.Field, raw: Any) -> Any:
        """`raw` as a value of the right type. Nothing at all is right in a draft."""
        return field.to_python(raw)

    def take_error(self, error: ValidationError) -> None:
        super().take_error(error)
        self.context.fields.errors[self.name] = ErrorList(self.errors)


class TextLeaf(Leaf):
    """A line or a paragraph of plain text."""

    def make_widget(self, field: forms.Field) -> forms.Widget:
        if isinstance(self.block, blocks.TextBlock):
            return forms.Textarea(attrs={"rows": 3})
        return forms.TextInput()

    def checked(self, field: forms.Field, raw: Any) -> str:
        # PostgreSQL can't keep a NUL, and nobody can see one.
        return str(raw or "").replace("\x00", "").replace("\r\n", "\n").strip()


class ChoiceLeaf(Leaf):
    def checked(self, field: forms.Field, raw: Any) -> Any:
        value = field.to_python(raw)
        if value and isinstance(field, forms.ChoiceField):
            field.validate(value)
        return value


class RichTextLeaf(Leaf):
    """A textarea that the page turns into an editor."""

    def make_field(self) -> forms.Field:
        return forms.CharField(
            **self.block.field_options,
            label=self.label,
            widget=forms.Textarea(attrs={"rows": 6, "data-rich-text": ""}),
        )

    def checked(self, field: forms.Field, raw: Any) -> str:
        return read_rich_text(str(raw or ""))

    def fill(self, value: RichText) -> None:
        self._value = value
        self.show(value.source or "")


class ChooserLeaf(Leaf):
    """A select of the newest on the shelf; with JavaScript a dialog that searches all of it."""

    @property
    def model(self) -> type[Model]:
        return self.block.model_class

    @property
    def kind(self) -> str:
        """picture, product or video: which dialog opens."""
        return str(self.model._meta.model_name)

    @property
    def picture(self) -> Picture | None:
        return self._value if isinstance(self._value, Picture) else None

    def make_field(self) -> forms.Field:
        return forms.ChoiceField(
            label=self.label,
            required=self.block._required,
            help_text=self.block._help_text or "",
            choices=self._options,
            widget=forms.Select(attrs={"data-chooser": self.kind}),
        )

    def _options(self) -> list[tuple[str, str]]:
        shelf = self.context.shelf
        options = {pk: str(item) for pk, item in shelf.options(self.model).items()}
        if self._value is not None:
            options.setdefault(str(self._value.pk), str(self._value))
        return [("", shelf.empty_label(self.model)), *options.items()]

    def fill(self, value: Model | None) -> None:
        self._value = value
        self.show(value.pk if value else "")

    def read(self, data: QueryDict) -> None:
        pk = data.get(self.name, "")
        self.fill(self.context.shelf.find(self.model, pk) if pk else None)
        if pk and self._value is None:
            self.take_error(ValidationError(_("That isn't there any more. Choose another.")))


def leaf_for(block: Any, name: str, context: Context) -> Leaf:
    """The leaf for a FieldBlock of this class."""
    if isinstance(block, ChooserBlock):
        return ChooserLeaf(block, name, context)
    if isinstance(block, blocks.RichTextBlock):
        return RichTextLeaf(block, name, context)
    if isinstance(block, blocks.CharBlock | blocks.TextBlock):
        return TextLeaf(block, name, context)
    if isinstance(block, blocks.ChoiceBlock):
        return ChoiceLeaf(block, name, context)
    return Leaf(block, name, context)
