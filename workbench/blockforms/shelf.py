"""What a merchant may put into a guide: things of its own, and what the guide already holds."""

from collections.abc import Iterable

from django.db.models import Model, QuerySet
from django.utils.translation import gettext_lazy as _

from media_pipeline.models import Picture, Video
from merchants.models import Merchant
from products.models import Product
from workbench.selectors import pictures_of

OPTIONS_SHOWN = 100
"""A select of more than this helps nobody; the chooser's dialog searches all of them."""

_EMPTY_LABELS = {
    Picture: _("No picture chosen"),
    Product: _("No product chosen"),
    Video: _("No video chosen"),
}


class Shelf:
    """Answers for one request which objects may be chosen, and keeps what it has looked up.

    `kept` are objects that the guide holds already: editors may put in something of their own,
    which must survive the merchant's next save.
    """

    def __init__(self, merchant: Merchant, kept: Iterable[tuple[type[Model], str]] = ()) -> None:
        self.merchant = merchant
        self._kept = {(model, str(pk)) for model, pk in kept}
        self._own: dict[type[Model], QuerySet[Model]] = {
            Picture: pictures_of(merchant),
            Product: Product.objects.filter(merchant=merchant),
            Video: Video.objects.filter(merchant=merchant, taken_down_at=None),
        }
        self._options: dict[type[Model], dict[str, Model]] = {}
        self._found: dict[tuple[type[Model], str], Model | None] = {}

    def find(self, model: type[Model], pk: str) -> Model | None:
        """The object if it may be chosen, else None: someone else's and none at all look alike."""
        if pk in self.options(model):
            return self.options(model)[pk]
        if (model, pk) not in self._found:
            self._found[model, pk] = self._look_up(model, pk)
        return self._found[model, pk]

    def options(self, model: type[Model]) -> dict[str, Model]:
        """The newest of the merchant's own, by primary key."""
        if model not in self._options:
            newest = self._own[model].order_by("-created_at", "-pk")[:OPTIONS_SHOWN]
            self._options[model] = {str(item.pk): item for item in newest}
        return self._options[model]

    def empty_label(self, model: type[Model]) -> str:
        return str(_EMPTY_LABELS[model])

    def _look_up(self, model: type[Model], pk: str) -> Model | None:
        if not pk.isascii() or not pk.isdigit() or len(pk) > 18:
            return None
        if (model, pk) in self._kept:
            return model._default_manager.filter(pk=pk).first()
        return self._own[model].filter(pk=pk).first()
