"""The languages that captions can be in: as BCP 47 names them, and as files do. Pure."""

from django.conf.global_settings import LANGUAGES
from django.conf.locale import LANG_INFO
from django.utils.translation import gettext

# ISO 639-2, with both names where a language has two: what MP4 and Matroska files say.
_TABLE = """
    af:afr ar:ara az:aze be:bel bg:bul bn:ben bs:bos ca:cat cs:cze,ces cy:wel,cym da:dan
    de:ger,deu el:gre,ell en:eng eo:epo es:spa et:est eu:baq,eus fa:per,fas fi:fin
    fr:fre,fra fy:fry ga:gle gd:gla gl:glg he:heb hi:hin hr:hrv hu:hun hy:arm,hye
    id:ind ig:ibo io:ido is:ice,isl it:ita ja:jpn ka:geo,kat kk:kaz km:khm kn:kan
    ko:kor ky:kir lb:ltz lt:lit lv:lav mk:mac,mkd ml:mal mn:mon mr:mar ms:may,msa
    my:bur,mya nb:nob,nor ne:nep nl:dut,nld nn:nno pa:pan pl:pol pt:por ro:rum,ron ru:rus
    sk:slo,slk sl:slv sq:alb,sqi sr:srp sv:swe sw:swa ta:tam te:tel tg:tgk th:tha tk:tuk
    tr:tur tt:tat ug:uig uk:ukr ur:urd uz:uzb vi:vie zh-hans:chi,zho
"""
_THREE_LETTERS = {
    name: pair.partition(":")[0]
    for pair in _TABLE.split()
    for name in pair.partition(":")[2].split(",")
}
_OFFERED = {code for code, _name in LANGUAGES}


def choices() -> list[tuple[str, str]]:
    """(code, name in the reader's language), by name."""
    return sorted(((code, gettext(name)) for code, name in LANGUAGES), key=lambda pair: pair[1])


def is_offered(code: str) -> bool:
    return code in _OFFERED


def root_of(code: str) -> str:
    """The language without its country: en for en-gb."""
    return code.partition("-")[0]


def own_name(code: str) -> str:
    """What its speakers call it: a viewer looks for that in a player's menu."""
    name = LANG_INFO.get(code, {}).get("name_local") or code
    return name[:1].upper() + name[1:]


def from_file(written: str) -> str:
    """The language that a file's track names, or '' for one that we don't know."""
    written = written.strip().lower().replace("_", "-")
    for code in (written, written.split("-")[0]):
        known = _THREE_LETTERS.get(code, code)
        if known in _OFFERED:
            return known
    return ""
