"""What a person can be told about a picture, a file or an upload. Each message is a sentence."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from core.errors import ActionRefusedError


class MediaRefusedError(ActionRefusedError):
    """The file can't be accepted as it is."""


class UploadRefusedError(ActionRefusedError):
    """An upload can't begin, or can't go on as asked; nothing was changed."""


class UploadOffsetError(UploadRefusedError):
    """The bytes sent don't begin where the acknowledged ones end."""


class UploadBusyError(UploadRefusedError):
    """Another request is writing to this upload at the moment."""


class UploadExpiredError(UploadRefusedError):
    """The upload stood still for too long; its bytes are gone."""


class UploadTooLongError(UploadRefusedError):
    """More bytes than were announced, or than we take."""


class QuotaExceededError(UploadRefusedError):
    """The merchant keeps as much here as was agreed."""


class UploadChecksumError(UploadRefusedError):
    """The bytes that arrived aren't the bytes that were sent."""


class CaptionsRefusedError(ActionRefusedError):
    """Captions or chapters that can't be taken as they are. `problems` has (line, sentence) for
    each line that is wrong; the message says all of them."""

    def __init__(self, message: str, problems: Sequence[tuple[int, str]] = ()) -> None:
        super().__init__(message)
        self.problems = tuple(problems)

    @property
    def sentences(self) -> list[str]:
        """One for each line that is wrong, or the one that says it all."""
        return [
            _("Line %(number)d: %(problem)s") % {"number": number, "problem": problem}
            for number, problem in self.problems
        ] or [str(self)]

    @classmethod
    def of_lines(cls, problems: Sequence[tuple[int, str]]) -> "CaptionsRefusedError":
        return cls(" ".join(cls("", problems).sentences), problems)
