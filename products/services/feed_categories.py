from collections.abc import Sequence

from django.utils.translation import gettext as _

from products.models import Category
from products.services.categories import create_category

EVERYTHING_ELSE = "everything-else"
MAX_NEW = 200


class FeedCategories:
    """Finds the category that a feed names, and makes it where there is none: below the
    import's own category, or below “Everything else”.

    One who knows the site's categories is understood: where the last name of a path is that of
    exactly one category (below the import's own, if it has one), that is meant.
    """

    def __init__(self, base: Category | None) -> None:
        self._base = base
        self._found: dict[tuple[str, ...], int] = {}
        self._made = 0

    def id_of(self, path: Sequence[str]) -> int:
        """Raises ValueError where a feed names more new categories than can be meant."""
        key = tuple(name.casefold() for name in path)
        if key not in self._found:
            category = self._known(path) or self._walk(path)
            self._found[key] = category.pk
        return self._found[key]

    def _known(self, path: Sequence[str]) -> Category | None:
        if not path:
            return None
        named = Category.objects.filter(name__iexact=path[-1])
        if self._base:
            named = named.filter(path__startswith=self._root().path)
        found = list(named[:2])
        return found[0] if len(found) == 1 else None

    def _walk(self, path: Sequence[str]) -> Category:
        category = self._root()
        for name in path:
            below = category.get_children().filter(name__iexact=name).first()
            category = below or self._make(name, category)
        return category

    def _root(self) -> Category:
        if self._base:
            return Category.objects.get(pk=self._base.pk)
        found = Category.objects.filter(slug=EVERYTHING_ELSE).first()
        return found or create_category(name=_("Everything else"), slug=EVERYTHING_ELSE)

    def _make(self, name: str, parent: Category) -> Category:
        if self._made >= MAX_NEW:
            raise ValueError(
                _("This feed names more than %(most)d new categories. Choose from ours.")
                % {"most": MAX_NEW}
            )
        self._made += 1
        return create_category(name=name, parent=parent)
