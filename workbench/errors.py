"""What people can be refused here. Each message is the sentence that they read."""

from core.errors import ActionRefusedError


class NewerVersionError(ActionRefusedError):
    """Somebody saved the same guide in the meantime."""
