from django.utils.translation import gettext as _

from core.errors import ActionRefusedError


class DemoRefusedError(ActionRefusedError):
    """The demo world can't be loaded here."""


class FilmNotRenderedError(Exception):
    """ffmpeg could not write a film of the demo."""

    def __init__(self, film: str, words: str) -> None:
        super().__init__(
            _("The film “%(film)s” could not be rendered: %(words)s")
            % {"film": film, "words": words.strip()}
        )
