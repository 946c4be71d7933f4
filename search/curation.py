"""Which queries are one to an editor: those whose words search reads alike."""

from search.analysis import query_units

_LONGEST = 200  # characters


def query_key(text: str) -> str:
    """The words of a query as search reads them; empty where there are none."""
    terms = [term for unit in query_units(text) for term in unit.spellings[0]]
    return " ".join(terms)[:_LONGEST]
