"""Rich text as it comes in from a browser."""

import nh3
from django.utils.html import linebreaks

from cms.rich_text import clean_rich_text


def read_rich_text(html: str) -> str:
    """`html` with everything taken out that a guide's text can't have. The words stay.

    Plain text (what a browser without JavaScript sends) gets its paragraphs.
    """
    html = html.replace("\x00", "").strip()
    if not html:
        return ""
    if not nh3.is_html(html):
        html = linebreaks(html, autoescape=True)
    # Some browsers say <div> for a paragraph; a paragraph is meant.
    return clean_rich_text(html.replace("<div>", "<p>").replace("</div>", "</p>"))
