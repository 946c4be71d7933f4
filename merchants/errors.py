from django.utils.translation import gettext as _

from core.errors import ActionRefusedError


class MerchantActionRefusedError(ActionRefusedError):
    """Something that can't be done with a merchant, an application or a membership."""


class NameTakenError(MerchantActionRefusedError):
    def __init__(self, name: str) -> None:
        super().__init__(
            _("There is already a merchant called “%(name)s”. Choose another trading name.")
            % {"name": name}
        )


class BadLogoError(MerchantActionRefusedError):
    """The uploaded logo is not a picture we can use."""


class NotAllowedError(MerchantActionRefusedError):
    """The person has no right to do this."""


class LastOwnerError(MerchantActionRefusedError):
    def __init__(self) -> None:
        super().__init__(
            _("A merchant needs at least one owner. Make someone else an owner first.")
        )
