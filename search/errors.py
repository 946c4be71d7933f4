"""What editors can be refused here. Each message is the sentence that they read."""

from core.errors import ActionRefusedError


class SynonymsRefusedError(ActionRefusedError):
    """These words can't find each other. `field` is the one that is wrong."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class CurationRefusedError(ActionRefusedError):
    """A result can't be put there."""
