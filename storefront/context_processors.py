from functools import cached_property

from django.http import HttpRequest

from accounts.selectors import unread_count_for
from products.models import Category


class Frame:
    """What the header shows. Each part asks the database when, and only when, it is drawn: error
    pages and fragments draw none of it."""

    guides_path = "/guides/"  # a page of the editors', which no route of ours names

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def top_categories(self) -> list[Category]:
        return list(Category.get_root_nodes())

    @cached_property
    def unread_count(self) -> int:
        user = self._request.user
        return unread_count_for(user) if user.is_authenticated else 0


def frame(request: HttpRequest) -> dict[str, Frame]:
    return {"frame": Frame(request)}
