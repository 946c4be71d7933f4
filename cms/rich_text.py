"""Rich text from merchants' browsers is hostile: only what the editor offers goes in."""

import nh3

_TAGS = {"p", "br", "b", "strong", "i", "em", "a", "ol", "ul", "li"}
# `href` alone: Wagtail's linktype and embedtype attributes would reach into pages and pictures
# that aren't the writer's.
_ATTRIBUTES = {"a": {"href"}}
_SCHEMES = {"http", "https", "mailto"}


def clean_rich_text(html: str) -> str:
    """The same text with everything gone that a guide's text may not hold."""
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes=_SCHEMES,
        link_rel="nofollow ugc noopener",
    )
