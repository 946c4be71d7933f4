"""What people can be refused here. Each is raised with the sentence that the person reads."""

from core.errors import ActionRefusedError


class RoundRefusedError(ActionRefusedError):
    """A round can't be opened, changed or closed like this."""


class EntryRefusedError(ActionRefusedError):
    """A product can't enter, or an entry can't be withdrawn or set aside."""


class VoteRefusedError(ActionRefusedError):
    """This vote can't be taken."""
