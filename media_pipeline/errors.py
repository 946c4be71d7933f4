"""What a person can be told about a picture, a file or an upload. Each message is a sentence."""

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
