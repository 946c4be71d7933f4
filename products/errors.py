from collections.abc import Mapping

from core.errors import ActionRefusedError


class ProductActionRefusedError(ActionRefusedError):
    """Something that can't be done with a product, a category or an import."""


class InvalidProductError(ProductActionRefusedError):
    """What was said of a product can't be right. `errors` has a sentence for each field."""

    def __init__(self, errors: Mapping[str, str]) -> None:
        self.errors = dict(errors)
        super().__init__(" ".join(self.errors.values()))


class FeedUnreadableError(ProductActionRefusedError):
    """The file is not a feed, or stops being one somewhere."""
