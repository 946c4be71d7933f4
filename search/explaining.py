"""Why a result stands where it does: ranking.py's formula, taken apart for one document."""

from search import ranking
from search.analysis import index_terms
from search.curation import curated
from search.engines.base import Explanation, Hit, Part
from search.heads import heads, is_accessory
from search.matching import Words


def explained(text: str, hit: Hit, *, place: int, total: int) -> Explanation:
    """Of a hit of the query `text`, at this place."""
    words, wanted = Words.of(text), curated(text)
    bonuses = _bonuses(words, hit)
    lessened = is_accessory(hit.title) and not words.seek_accessory
    factor = ranking.ACCESSORY if lessened else 1.0
    return Explanation(
        hit=hit,
        place=place,
        total=total,
        relevance=hit.relevance,
        parts=(
            Part("text", hit.relevance / factor / (1 + sum(bonuses.values()))),
            Part("accessory", factor),
            *(Part(name, bonus) for name, bonus in bonuses.items()),
        ),
        pinned=hit.key in wanted.first,
        buried=hit.key in wanted.last,
    )


def _bonuses(words: Words, hit: Hit) -> dict[str, float]:
    """What is added to 1 for each part, 0 where it doesn't hold."""
    title = index_terms(hit.title)
    is_the_thing = set(words.last) & {*heads(hit.title), *heads(hit.summary[:200])}
    in_order = len(words.phrase) > 1 and _stands_in(words.phrase, title)
    is_new = hit.published_at is not None and hit.published_at >= ranking.new_since()
    return {
        "head": ranking.HEAD if is_the_thing else 0.0,
        "phrase": ranking.PHRASE if in_order else 0.0,
        "chosen": ranking.CHOSEN * hit.score,
        "new": ranking.NEW if is_new else 0.0,
    }


def _stands_in(phrase: tuple[str, ...], terms: list[str]) -> bool:
    return f" {' '.join(phrase)} " in f" {' '.join(terms)} "
