"""Attributes: what a category says its products have, and what may be said of anything else."""

import math
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

from django.utils.text import slugify
from django.utils.translation import gettext as _

from products.choices import AttributeKind
from products.models import Attribute

Value = str | float | bool

MAX_ATTRIBUTES = 400
MAX_KEY = 60
MAX_TEXT = 10_000

_YES = frozenset({"yes", "true", "1", "y"})
_NO = frozenset({"no", "false", "0", "n"})
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")


@lru_cache(maxsize=4_096)  # a feed says the same few names a hundred thousand times
def attribute_key(name: str) -> str:
    """How an attribute is stored whatever a feed calls it: “Screen size” becomes screen_size."""
    return slugify(name).replace("-", "_")[:MAX_KEY]


def check_attributes(
    definitions: Iterable[Attribute], values: Mapping[str, object]
) -> dict[str, Value]:
    """The values as they are stored; empty ones are left out.

    What the category defines has its kind; anything else is kept as it is.
    Raises ValueError with a sentence that names the attribute.
    """
    if len(values) > MAX_ATTRIBUTES:
        raise ValueError(
            _("There are %(count)d attributes; at most %(most)d fit.")
            % {"count": len(values), "most": MAX_ATTRIBUTES}
        )
    defined = {definition.key: definition for definition in definitions}
    checked: dict[str, Value] = {}
    for name, value in values.items():
        key = name if name in defined else attribute_key(name)
        plain = _plain(name, value)
        if key and plain != "":
            checked[key] = _of_kind(defined[key], plain) if key in defined else plain
    for definition in defined.values():
        if definition.required and definition.key not in checked:
            raise ValueError(_("%(label)s is missing.") % {"label": definition.label})
    return checked


def _plain(name: str, value: object) -> Value:
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        try:
            number = float(value)
        except OverflowError:
            number = math.inf
        if not math.isfinite(number):
            raise ValueError(_("%(name)s is not a number we can store.") % {"name": name[:60]})
        return number
    if isinstance(value, list | tuple):
        return _text(name, ", ".join(str(_plain(name, item)) for item in value))
    if value is None:
        return ""
    if isinstance(value, str):
        return _text(name, value)
    raise ValueError(
        _("%(name)s must be text, a number, yes or no, or a list of those.") % {"name": name[:60]}
    )


def _text(name: str, value: str) -> str:
    text = _CONTROLS.sub(" ", value).strip()
    if len(text) > MAX_TEXT:
        raise ValueError(
            _("%(name)s has %(length)d characters; at most %(longest)d fit.")
            % {"name": name[:60], "length": len(text), "longest": MAX_TEXT}
        )
    return text


def _of_kind(definition: Attribute, value: Value) -> Value:
    if definition.kind == AttributeKind.NUMBER:
        return _number(definition, value)
    if definition.kind == AttributeKind.YES_NO:
        return _yes_or_no(definition, value)
    if definition.kind == AttributeKind.CHOICE:
        return _choice(definition, value)
    return value if isinstance(value, str) else display_value(value)


def _number(definition: Attribute, value: Value) -> float:
    """A number, with or without the attribute's unit behind it."""
    if isinstance(value, str):
        text = value.removesuffix(definition.unit).strip() if definition.unit else value
        try:
            number = float(text)
        except ValueError:
            number = math.nan
        if math.isfinite(number):
            return number
    elif not isinstance(value, bool):
        return value
    raise ValueError(
        _("%(label)s must be a number, not “%(value)s”.")
        % {"label": definition.label, "value": str(value)[:40]}
    )


def _yes_or_no(definition: Attribute, value: Value) -> bool:
    if isinstance(value, bool):
        return value
    word = display_value(value).lower()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise ValueError(
        _("%(label)s must be yes or no, not “%(value)s”.")
        % {"label": definition.label, "value": str(value)[:40]}
    )


def _choice(definition: Attribute, value: Value) -> str:
    by_word = {str(choice).casefold(): str(choice) for choice in definition.choices}
    choice = by_word.get(display_value(value).casefold())
    if choice is None:
        raise ValueError(
            _("%(label)s must be one of %(choices)s, not “%(value)s”.")
            % {
                "label": definition.label,
                "choices": ", ".join(by_word.values()),
                "value": str(value)[:40],
            }
        )
    return choice


def display_value(value: Value) -> str:
    """As people read it: yes or no, and numbers without a needless point."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
