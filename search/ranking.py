"""The order of results, in one place for all engines:

    relevance = text x (1 + HEAD if the query's last word says what the thing is
                          + PHRASE if the title has the words one after another
                          + CHOSEN x score, 0 to 1, what shoppers chose in auditions)

`text` is BM25, an engine's own measure of how telling the words are and how often they stand in
a document; a word counts by where it stands. Elasticsearch measures each field by itself and
adds TIE of the lesser ones to the best; FTS5 measures all as one text. The figures were found on
judged queries (`manage.py evaluate_search`), for the general idea and not for single queries:
nearby values do about as well.
"""

TITLE = 3.0
KEYWORDS = 1.0
SUMMARY = 1.0
BODY = 0.5
TIE = 0.3

HEAD = 0.6
PHRASE = 0.5
CHOSEN = 0.3
