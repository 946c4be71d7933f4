"""Suggestions as the list below the search box shows them: in groups, and with what goes on from
the words typed made to stand out, for that is what the eye looks for."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from search.engines.base import Suggestion

GROUPS = {
    "query": gettext_lazy("Searched before"),
    "category": gettext_lazy("Categories"),
    "product": gettext_lazy("Products"),
    "guide": gettext_lazy("Guides"),
    "video": gettext_lazy("Videos"),
    "audition": gettext_lazy("Auditions"),
}
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Option:
    kind: str
    text: str
    text_html: SafeString
    url: str
    picture_url: str


@dataclass(frozen=True, slots=True)
class Group:
    kind: str
    label: str
    options: Sequence[Option]


def grouped(suggestions: Sequence[Suggestion], *, typed: str) -> list[Group]:
    """The suggestions by kind, in the order of GROUPS; inside a group as they came."""
    groups = []
    for kind, label in GROUPS.items():
        options = [_option(one, typed) for one in suggestions if one.kind == kind]
        if options:
            groups.append(Group(kind, str(label), options))
    return groups


def completed(text: str, *, typed: str) -> SafeString:
    """The text with everything in `<b>` but the words that were typed, the last of them perhaps
    unfinished."""
    begun = [_folded(word) for word in _WORD.findall(typed)]
    pieces: list[tuple[bool, str]] = []
    end = 0
    for match in _WORD.finditer(text):
        length = _begun_length(match[0], begun)
        # What stands between two words goes with the first of them.
        _join(pieces, text[end : match.start()])
        pieces += [(True, match[0][:length])] if length else []
        pieces += [(False, match[0][length:])] if length < len(match[0]) else []
        end = match.end()
    _join(pieces, text[end:])
    return format_html_join(
        "",
        "{}",
        (
            (run if was_typed else format_html("<b>{}</b>", run),)
            for was_typed, run in (
                (key, "".join(piece for _was, piece in some))
                for key, some in groupby(pieces, key=lambda piece: piece[0])
            )
        ),
    )


def _option(suggestion: Suggestion, typed: str) -> Option:
    search = f"{reverse('storefront:search')}?{urlencode({'q': suggestion.text})}"
    return Option(
        kind=suggestion.kind,
        text=suggestion.text,
        text_html=completed(suggestion.text, typed=typed),
        url=suggestion.url or search,
        picture_url=suggestion.picture_url,
    )


def _join(pieces: list[tuple[bool, str]], between: str) -> None:
    if between:
        pieces.append((pieces[-1][0] if pieces else False, between))


def _begun_length(word: str, begun: Sequence[str]) -> int:
    """How many of the word's characters were typed."""
    folded = _folded(word)
    if folded in begun:
        return len(word)
    if not (begun and folded.startswith(begun[-1])):
        return 0
    length, seen = 0, 0
    while seen < len(begun[-1]):
        seen += len(_folded(word[length]))
        length += 1
    return length


def _folded(word: str) -> str:
    """Without case and accents, which search does not mind either."""
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))
