"""Addresses, telephone numbers and prices in words: those that were read in the picture, and those
of titles and descriptions. Shoppers shouldn't be led away from here, and a price that was filmed
is wrong by next month.

Written so that what only looks similar stays out: dates, sizes, versions, article numbers.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

ADDRESS, TELEPHONE, PRICE = "address", "telephone", "price"


@dataclass(frozen=True, slots=True)
class Matter:
    kind: str
    """ADDRESS, TELEPHONE or PRICE: values of choices.FindingKind."""
    text: str
    """As it stood there."""


# Endings of domains. Those that are words too count only where nothing else can be meant.
_ENDINGS = (
    "com|net|org|info|biz|shop|store|online|site|website|io|co|app|dev|eu|de|uk|fr|nl|es|pl|pt|se"
    "|dk|fi|cz|sk|ch|ie|gr|hu|ro|bg|hr|lt|lv|ee|ru|ua|cn|jp|kr|tw|hk|sg|br|mx|ar|cl|ca|au|nz|za"
    "|tr|il|ae|sa|vn|th|ph|my|tv|cc|xyz|gg|ly|link|page|blog|cloud|tech|club|gmbh|ltd|europe|asia"
)
_ENDINGS_AND_WORDS = (
    "it|at|be|is|no|me|us|in|to|so|id|am|fm|ai|world|life|live|one|top|fun|vip|space"
)
# Endings of names of files and programs.
_NO_DOMAINS = re.compile(r"^(?:node|vue|next|three|d3|asp|e|i|u)\.\w+$", re.IGNORECASE)
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_PATH = r"(?:[/?#][^\s<>\"']*)?"

_MAIL = re.compile(
    rf"(?<![\w.+-])[\w.+-]{{1,64}} ?@ ?(?:{_LABEL}\.){{1,8}}[a-z]{{2,24}}\b", re.IGNORECASE
)
_FULL = re.compile(
    rf"\bhttps?\s?:\s?//\s?[^\s<>\"']+|\bwww\s?[.,]\s?(?:{_LABEL}\.){{1,8}}[a-z]{{2,24}}\b{_PATH}",
    re.IGNORECASE,
)
_BARE = re.compile(
    rf"(?<![\w@.-])(?:{_LABEL}\.){{1,8}}(?:{_ENDINGS})\b(?![\w-]|\.\w){_PATH}", re.IGNORECASE
)
_BARE_WORDLIKE = re.compile(
    rf"(?<![\w@.-])(?:{_LABEL}\.){{1,8}}(?:{_ENDINGS_AND_WORDS})(?:/[^\s<>\"']*|(?=[\s,;!]*$))"
)
_SPOKEN = re.compile(
    r"(?<![\w-])[\w-]{3,63} ?(?:\(dot\)|\[dot\]|\{dot\}|\bdot\b) ?(?:com|org|shop|store)\b",
    re.IGNORECASE,
)

_ABROAD = re.compile(
    r"(?<![\w+])(?:\+|00)\s?\(?[1-9]\d{0,2}\)?(?:[\s./()\u2013-]{0,3}\d){6,12}(?!\d)"
)
_AMERICAN = re.compile(
    r"(?<![\w.,-])(?:1[\s.-])?(?:\([2-9]\d{2}\)\s?|[2-9]\d{2}[.\s-])\d{3}[.\s-]\d{4}(?![\w-])"
)
_AMERICAN_LOCAL = re.compile(r"(?<![\w.,-])(?:\([2-9]\d{2}\)\s?)?555-\d{4}(?![\w-])")
_FREE = re.compile(r"(?<![\w.,-])1[\s.-]8(?:00|33|44|55|66|77|88)[\s.-][\dA-Z-]{7,9}(?![\w])")
# 0 and an area's number, then the subscriber's, with at least one separator between.
_NATIONAL = re.compile(
    r"(?<![\w.,+-])(?:\(0[1-9]\d{1,4}\)\s?/?|0[1-9]\d{1,4}\s?[\s/\u2013-]\s?)\d{2,8}(?:[\s-]\d{2,5}){0,4}(?![\w.,-]\d|\d)"
)
_PAIRS = re.compile(r"(?<![\w.,+-])0[1-9](?:[\s.]\d{2}){4}(?![\w.,]\d|\d)")  # France
_AFTER_ITS_NAME = re.compile(
    r"\b(?:tel(?:efon|ephone|\b)|phone|call(?: us| now| today)?|ring|dial|hotline|mobile|mobil"
    r"|whats\s?app|signal|viber|sms|text us|fax|ph|t[eé]l[eé]fono|t[eé]l"
    r"|rufen sie(?: uns)?(?: an)?|anrufen)"
    r"\b[\s.:]{0,4}(?:(?:at|on|us|now|no|number|nr|today|unter)\b[\s.:]{0,3}){0,2}"
    r"(\+?\(?\d(?:[\s./()\u2013-]{0,3}\d){5,13})(?!\d)",
    re.IGNORECASE,
)
# What stands before numbers that nobody can call.
_OTHER_NUMBER = re.compile(
    r"\b(?:no|nr|num|part|parts|art|article|artikel|item|sku|ref|serial|s/n|sn|model|type|lot|batch"
    r"|charge|order|id|ean|gtin|upc|isbn|mpn|pat|patent|oem)\b[\s.:#°]*$",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\b(?:\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d{2}|(?:19|20)\d{2}[./-]\d{1,2}[./-]\d{1,2})\b"
)
_NETWORK = re.compile(r"\b\d{1,3}(?:\.\d{1,3}){3}\b")

_AMOUNT = r"\d{1,3}(?:[.,' ]\d{3})*(?:[.,](?:\d{1,2}|[-\u2013\u2014]{1,2}))?(?!\d)"
_PLAIN_AMOUNT = rf"(?:{_AMOUNT}|\d+(?:[.,](?:\d{{1,2}}|[-\u2013\u2014]{{1,2}}))?(?!\d))"
_CODES = (
    "EUR|USD|GBP|CHF|PLN|SEK|NOK|DKK|CZK|HUF|JPY|CNY|RMB|INR|AUD|CAD|NZD|BRL|TRY|AED|SGD|HKD|ZAR"
)
_SIGNED = re.compile(
    rf"(?:[$€£¥₹₽₩₺₪฿]|\b(?:{_CODES}|Rs\.?)(?=\s?\d))\s?{_PLAIN_AMOUNT}", re.IGNORECASE
)
_NAMED = re.compile(
    rf"(?<![\w.,])(?<!\d ){_PLAIN_AMOUNT}\s?"
    rf"(?:[$€£¥₹₽₩₺₪฿]|(?:{_CODES})\b|zł|Kč|(?:kr|lei|Ft)\b(?![\w.])"
    r"|(?:euros?|dollars?|bucks|pounds sterling|quid)\b)",
    re.IGNORECASE,
)
_SWISS = re.compile(r"(?<![\w.,])(?:Fr\.?\s?)\d{1,5}[.,](?:\d{2}|[-\u2013\u2014]{1,2})(?!\w)")
_DASHED = re.compile(r"(?<![\w.,-])\d{1,5}[.,] ?[-\u2013\u2014]{1,2}(?![\w\d])")
_AFTER_ONLY = re.compile(
    r"\b(?:only|just|now|from|price|was|for|nur|statt|jetzt|ab|preis|UVP|RRP|MSRP)(?:\b[\s:]{1,3}|(?=\d))"
    r"\d{1,5}[.,]\d{2}(?![\d.,]\d|\d|\s?(?:%|x|×|mm|cm|m|km|kg|g|l|ml|w|v|kw|kwh|hz|ghz|gb|mb|h"
    r"|s|min|inch|in|to|and|bis|till|\"|″|\u2013|-|oz|lb|lbs|ft|°)(?:\b|$|\s))",
    re.IGNORECASE,
)
_REDUCED = re.compile(
    r"(?<![\w.,])-? ?\d{1,2} ?% ?"
    r"(?:off|discount|rabatt|cheaper|sale|reduziert|sparen|korting|de réduction)\b"
    r"|\b(?:save|sale|spare|sparen sie|rabatt|discount)\s?:?\s?(?:up to |bis zu )?-? ?\d{1,2} ?%"
    r"|^\s?[-\u2013\u2212] ?\d{1,2} ?%$",
    re.IGNORECASE,
)
# A line of nothing else: what reading makes of a euro sign, and where it saw none.
_MISREAD = re.compile(r"^[EC] ?\d{1,4}[.,]\d{2}$|^\d{1,4}[.,]\d{2} ?[EC]$|^\d{1,4}[.,]9[59]$")

_LEAST_DIGITS, _MOST_DIGITS = 6, 15


def matters_in(text: str, *, misread: bool = False) -> list[Matter]:
    """What `text` says of the three kinds, each once. With `misread` also what reading a picture
    makes of a price."""
    found: dict[tuple[str, str], Matter] = {}
    for matter in (*_addresses(text), *_telephones(text), *_prices(text, misread=misread)):
        found.setdefault((matter.kind, matter.text.casefold()), matter)
    return list(found.values())


def _addresses(text: str) -> Iterator[Matter]:
    rest = text
    for pattern in (_MAIL, _FULL, _BARE, _BARE_WORDLIKE, _SPOKEN):
        for match in pattern.finditer(rest):
            if not _NO_DOMAINS.match(match[0]) and not _two_sentences(match[0]):
                yield Matter(ADDRESS, match[0].strip().rstrip(".,;:!?)"))
        rest = pattern.sub(" ", rest)


def _two_sentences(text: str) -> bool:
    """Whether it is the end of one and the start of another, without a space: 'bed.No need'."""
    before, _dot, ending = text.rpartition(".")
    return ending.istitle() and not before.isupper() and not before.istitle()


def _telephones(text: str) -> Iterator[Matter]:
    rest = _NETWORK.sub(" ", _DATE.sub(" ", text))
    for match in _AFTER_ITS_NAME.finditer(rest):
        if _has_length_of_a_number(match[1]) and not _has_decimals(match[1]):
            yield Matter(TELEPHONE, match[1].strip())
    rest = _AFTER_ITS_NAME.sub(" ", rest)
    for pattern in (_ABROAD, _FREE, _AMERICAN, _AMERICAN_LOCAL, _PAIRS, _NATIONAL):
        for match in pattern.finditer(rest):
            least = 7 if pattern is _AMERICAN_LOCAL else 9
            if _OTHER_NUMBER.search(rest[max(0, match.start() - 24) : match.start()]):
                continue
            if _has_length_of_a_number(match[0], least) or pattern is _FREE:
                yield Matter(TELEPHONE, match[0].strip())
        rest = pattern.sub(" ", rest)


def _has_length_of_a_number(text: str, least: int = _LEAST_DIGITS) -> bool:
    return least <= sum(letter.isdigit() for letter in text) <= _MOST_DIGITS


def _has_decimals(text: str) -> bool:
    return bool(re.fullmatch(r"\d+\.\d{1,3}", text.strip()))


def _prices(text: str, *, misread: bool) -> Iterator[Matter]:
    rest = text
    patterns = (_SIGNED, _NAMED, _SWISS, _DASHED, _AFTER_ONLY, _REDUCED)
    for pattern in (*patterns, _MISREAD) if misread else patterns:
        for match in pattern.finditer(rest):
            yield Matter(PRICE, match[0].strip())
        rest = pattern.sub(" ", rest)
