"""In which order a shopper sees the entries of a round.

Who gets seen decides more than how votes are counted, so no entry may stand first by its age,
its name or its success. Each viewer has an order of their own: entries sorted by a hash of the
round's seed, the viewer and the entry. Over many viewers every entry stands equally often in
every place; for one viewer the order stays the same over pages and visits, and an entry that
comes or goes moves no other.
"""

from collections.abc import Iterable
from hashlib import blake2b


def user_viewer(user_id: int) -> str:
    """The viewer whom a signed-in shopper is, on every device."""
    return f"user:{user_id}"


def anonymous_viewer(token: str) -> str:
    """The viewer behind a session's token; any string that stays the same over a visit."""
    return f"session:{token}"


def personal_order(*, seed: str, viewer: str, entry_ids: Iterable[int]) -> list[int]:
    """The entries in this viewer's order: the same for the same arguments, always."""
    return sorted(entry_ids, key=lambda entry_id: _lot(seed, viewer, entry_id))


def _lot(seed: str, viewer: str, entry_id: int) -> bytes:
    return blake2b(f"{seed}|{viewer}|{entry_id}".encode(), digest_size=16).digest()
