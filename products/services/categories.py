from collections.abc import Sequence

from django.db import transaction

from products.choices import AttributeKind
from products.models import Attribute, Category
from products.selectors import free_category_slug
from products.signals import category_moved


@transaction.atomic
def create_category(
    *,
    name: str,
    parent: Category | None = None,
    slug: str = "",
    description: str = "",
    service_promise: str = "",
) -> Category:
    """A category, at the root or below another."""
    fields = {
        "name": name,
        "slug": slug or free_category_slug(name),
        "description": description,
        "service_promise": service_promise,
    }
    if parent is None:
        created: Category = Category.add_root(**fields)
    else:
        # Categories are kept in order by name, which moves them about in the tree: what the
        # caller holds may be out of date.
        created = Category.objects.get(pk=parent.pk).add_child(**fields)
    return created


def define_attribute(
    *,
    category: Category,
    key: str,
    label: str,
    kind: AttributeKind = AttributeKind.TEXT,
    unit: str = "",
    choices: Sequence[str] = (),
    required: bool = False,
) -> Attribute:
    """Say that products of this category, and of those below it, have a property. Said again
    of the same key, it replaces what was said before."""
    attribute, _ = Attribute.objects.update_or_create(
        category=category,
        key=key,
        defaults={
            "label": label,
            "kind": kind,
            "unit": unit,
            "choices": list(choices),
            "required": required,
        },
    )
    return attribute


@transaction.atomic
def update_category(
    *,
    category: Category,
    name: str,
    parent: Category | None = None,
    slug: str = "",
    description: str = "",
    service_promise: str = "",
) -> Category:
    """Change a category, and put it below `parent` (None: to the first level) with all that is
    below it. An empty slug keeps the address."""
    row = Category.objects.get(pk=category.pk)
    row.name, row.slug = name, slug or row.slug
    row.description, row.service_promise = description, service_promise
    row.save()
    before = row.get_parent()
    if (before and before.pk) == (parent and parent.pk):
        return row
    if parent is None:
        row.move(Category.get_first_root_node(), "sorted-sibling")
    else:
        row.move(Category.objects.get(pk=parent.pk), "sorted-child")
    moved = Category.objects.get(pk=category.pk)
    category_moved.send(sender=Category, category=moved)
    return moved


def remove_attribute(*, attribute: Attribute) -> None:
    """Ask for it no more. What products say of it stays with them, and shows no longer."""
    attribute.delete()
