"""What people can be refused here. Each message is the sentence that they read."""

from core.errors import ActionRefusedError


class GuideRefusedError(ActionRefusedError):
    """A guide can't be written or changed as asked."""


class ModerationRefusedError(ActionRefusedError):
    """A submission or a decision on one can't be made."""


class TakenDownError(ModerationRefusedError):
    """An editor took it down; nothing makes it public until that is lifted."""
