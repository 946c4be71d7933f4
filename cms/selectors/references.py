"""What a guide's body points at."""

from collections.abc import Iterator
from typing import Any

from wagtail.blocks import StreamValue

from cms.models import GuidePage


def referenced_objects(body: StreamValue) -> Iterator[Any]:
    """Every picture, product and video in a body, in reading order; repeated where it is."""
    for child in body:
        if child.block_type == "picture":
            yield child.value.get("picture")
        elif child.block_type == "steps":
            yield from (step.get("picture") for step in child.value.get("steps") or [])
        elif child.block_type in {"product", "video"}:
            yield child.value.get(child.block_type)


def foreign_references(guide: GuidePage) -> list[str]:
    """Titles of what a merchant's guide shows that belongs to another merchant. Pictures of the
    editors (without a merchant) are everybody's; the editors' own guides may show anything."""
    if guide.merchant_id is None:
        return []
    shown = [guide.picture, *referenced_objects(guide.body)]
    return [
        str(thing)
        for thing in shown
        if thing is not None and thing.merchant_id not in {None, guide.merchant_id}
    ]
