"""What editors decide about search, one transaction each: which words find each other, and what
comes first or last for a query. Both are read when a query is, so nothing is indexed anew."""

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from search import thesaurus
from search.curation import every, query_key
from search.documents import Document, document_types
from search.errors import CurationRefusedError, SynonymsRefusedError
from search.models import CuratedResult, Curation, Synonyms
from search.query import MAX_TEXT

MOST_PHRASES = 20
LONGEST_PHRASE = 60
"""Characters."""
MOST_CURATED = 20
"""Put first for one query; and as many last."""


@transaction.atomic
def save_synonyms(
    *, synonyms: Synonyms | None, words: str, also_finds: str = "", is_active: bool = True
) -> Synonyms:
    """New synonyms (None), or others in place of those that are there. What search reads alike
    ('kettle, kettles') is kept once.

    Raises:
        SynonymsRefusedError: too few, too many, too long, without a word in it, or there already.
    """
    row = (
        Synonyms() if synonyms is None else Synonyms.objects.select_for_update().get(pk=synonyms.pk)
    )
    same = _phrases("words", words)
    also = _phrases("also_finds", also_finds)
    _refuse_what_leads_nowhere(same, also)
    _refuse_what_is_there(row, same, also)
    row.words, row.also_finds = ", ".join(same.values()), ", ".join(also.values())
    row.is_active = is_active
    row.save()
    transaction.on_commit(thesaurus.current.forget)
    return row


@transaction.atomic
def remove_synonyms(*, synonyms: Synonyms) -> None:
    """They find each other no more."""
    Synonyms.objects.filter(pk=synonyms.pk).delete()
    transaction.on_commit(thesaurus.current.forget)


@transaction.atomic
def put_first(*, text: str, kind: str, object_id: int) -> Curation:
    """Have this come first for the query, after what was put first before it.

    Raises:
        CurationRefusedError: the query has no words, nothing public is that, or enough is first.
    """
    curation, rows = _open(text)
    first = [row for row in rows if not row.buried and not _is(row, kind, object_id)]
    _refuse_too_many(first)
    document = _public(kind, object_id)
    _set(curation, document, place=len(first), buried=False)
    return curation


@transaction.atomic
def move(*, text: str, kind: str, object_id: int, up: bool) -> Curation:
    """One place up or down among what was put first; at the end of them it stays."""
    curation, rows = _open(text)
    first = [row for row in rows if not row.buried]
    here = next((n for n, row in enumerate(first) if _is(row, kind, object_id)), None)
    if here is None:
        raise CurationRefusedError(_("This was let go meanwhile."))
    there = here - 1 if up else here + 1
    if 0 <= there < len(first):
        first[here], first[there] = first[there], first[here]
    for place, row in enumerate(first):
        row.place = place
    CuratedResult.objects.bulk_update(first, ["place"])
    return curation


@transaction.atomic
def bury(*, text: str, kind: str, object_id: int) -> Curation:
    """Have this come last for the query.

    Raises:
        CurationRefusedError: the query has no words, nothing public is that, or enough is last.
    """
    curation, rows = _open(text)
    _refuse_too_many([row for row in rows if row.buried and not _is(row, kind, object_id)])
    _set(curation, _public(kind, object_id), place=0, buried=True)
    return curation


@transaction.atomic
def let_go(*, text: str, kind: str, object_id: int) -> Curation:
    """Have this stand where search itself puts it."""
    curation, _rows = _open(text)
    CuratedResult.objects.filter(curation=curation, kind=kind, object_id=object_id).delete()
    return curation


def _phrases(field: str, written: str) -> dict[str, str]:
    """What stands between commas or line ends, by how search reads it."""
    found: dict[str, str] = {}
    for part in written.replace("\n", ",").split(","):
        phrase = " ".join(part.split())
        if phrase:
            found.setdefault(_key(field, phrase), phrase)
    if len(found) > MOST_PHRASES:
        raise SynonymsRefusedError(
            field, _("At most %(n)d words or phrases, please.") % {"n": MOST_PHRASES}
        )
    return found


def _key(field: str, phrase: str) -> str:
    terms = thesaurus.phrase_of(phrase)
    if not terms:
        raise SynonymsRefusedError(
            field, _("“%(phrase)s” has no word that search could look for.") % {"phrase": phrase}
        )
    if len(terms) > thesaurus.LONGEST or len(phrase) > LONGEST_PHRASE:
        raise SynonymsRefusedError(
            field,
            _("“%(phrase)s” is too long: at most %(words)d words and %(characters)d characters.")
            % {
                "phrase": phrase,
                "words": thesaurus.LONGEST,
                "characters": LONGEST_PHRASE,
            },
        )
    return " ".join(terms)


def _refuse_what_leads_nowhere(same: dict[str, str], also: dict[str, str]) -> None:
    if not same:
        raise SynonymsRefusedError("words", _("Write the words that people search."))
    if len(same) == 1 and not also:
        [phrase] = same.values()
        raise SynonymsRefusedError(
            "words",
            _(
                "“%(phrase)s” stands alone. Add another word for it, with a comma between; what "
                "differs only in its ending, capitals or accents is the same word to search."
            )
            % {"phrase": phrase},
        )
    if twice := [phrase for key, phrase in also.items() if key in same]:
        raise SynonymsRefusedError(
            "also_finds", _("“%(phrase)s” is among the words above already.") % {"phrase": twice[0]}
        )


def _refuse_what_is_there(row: Synonyms, same: dict[str, str], also: dict[str, str]) -> None:
    """A list that says nothing beyond another one, which may have been switched off."""
    for other in Synonyms.objects.exclude(pk=row.pk):
        theirs = {" ".join(phrase) for phrase in thesaurus.phrases(other.words)}
        theirs_also = {" ".join(phrase) for phrase in thesaurus.phrases(other.also_finds)}
        if theirs >= same.keys() and theirs | theirs_also >= also.keys():
            raise SynonymsRefusedError("words", _("These are there already: %s") % other)


def _open(text: str) -> tuple[Curation, list[CuratedResult]]:
    """The query's row, held until the transaction ends, and what is on it."""
    text = " ".join(text.split())[:MAX_TEXT]
    key = query_key(text)
    if not key:
        raise CurationRefusedError(_("Write the words that people search."))
    Curation.objects.get_or_create(key=key, defaults={"text": text})
    curation = Curation.objects.select_for_update().get(key=key)
    curation.save(update_fields=["changed_at"])
    transaction.on_commit(every.forget)
    return curation, list(curation.results.all())


def _set(curation: Curation, document: Document, *, place: int, buried: bool) -> None:
    CuratedResult.objects.update_or_create(
        curation=curation,
        kind=document.kind,
        object_id=document.object_id,
        defaults={"place": place, "buried": buried},
    )


def _public(kind: str, object_id: int) -> Document:
    document_type = document_types().get(kind)
    if document_type is not None and document_type.listed:
        for document in document_type.build([object_id]):
            return document
    raise CurationRefusedError(_("This is not public any more, so nobody can find it."))


def _refuse_too_many(rows: Sequence[CuratedResult]) -> None:
    if len(rows) >= MOST_CURATED:
        raise CurationRefusedError(
            _("%(n)d are there already; let one go first.") % {"n": MOST_CURATED}
        )


def _is(row: CuratedResult, kind: str, object_id: int) -> bool:
    return (row.kind, row.object_id) == (kind, object_id)
