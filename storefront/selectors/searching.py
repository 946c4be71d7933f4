"""What the search page knows beside what search finds."""

from collections.abc import Sequence

from products.choices import AttributeKind
from products.models import Attribute
from products.selectors import attributes_of, category_by_slug


def filterable(attributes: Sequence[Attribute]) -> list[Attribute]:
    """The attributes worth filtering by: free text is different on every product."""
    return [one for one in attributes if one.kind != AttributeKind.TEXT]


def attributes_to_filter_by(category_slug: str) -> list[Attribute]:
    """Those of the category that a search is narrowed to; none without one."""
    category = category_by_slug(category_slug) if category_slug else None
    return filterable(attributes_of(category)) if category else []
