"""The order of results, in one place for all engines:

    relevance = text x ACCESSORY if it goes with another thing and no such thing is sought
                     x (1 + HEAD if the query's last word says what the thing is
                          + PHRASE if the title has the words one after another
                          + CHOSEN x score, 0 to 1, what shoppers chose in auditions
                          + NEW if it came within the last NEW_FOR)

`text` is BM25, an engine's own measure of how telling the words are and how often they stand in
a document; a word counts by where it stands, a synonym SYNONYM times as much. A document that has
every word itself counts LITERAL times as much as one that has synonyms of some, unless it only
mentions them: a laptop lock has 'laptop' in its name, and comes after a notebook all the same.
Elasticsearch measures each field by itself and adds TIE of the lesser ones to the best; FTS5
measures all as one text. A long text lowers what a word in it counts by LENGTH, less than is usual
(0.75), for names of products list what they have; FTS5 has no such setting.

What editors put first or last for a query stands there whatever its relevance.

The score comes from closed auditions only, and there from the votes that counted: what was set
aside or struck out has no part in it (selection/ranking.py).

The figures were found on judged queries (`manage.py evaluate_search`), for the general idea and
not for single queries: nearby values do about as well.
"""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

TITLE = 3.0
KEYWORDS = 0.5
SUMMARY = 1.0
BODY = 0.25
TIE = 0.3
LENGTH = 0.3
SYNONYM = 0.6
LITERAL = 3.0

ACCESSORY = 0.5
HEAD = 1.0
PHRASE = 0.5
CHOSEN = 0.3
NEW = 0.1
NEW_FOR = timedelta(days=30)

PARTS = {
    "text": _("How well the words fit"),
    "head": _("It is the thing that was asked for, not something that goes with it"),
    "accessory": _("It goes with another thing, and no such thing was asked for"),
    "phrase": _("Its name has the words one after another"),
    "chosen": _("Shoppers chose it in an audition"),
    "new": _("It is new here"),
}


def new_since() -> datetime:
    """What came after this is new; to the day, so that answers can be remembered."""
    today = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    return today - NEW_FOR
