"""Who waits for whom. Votes hold their round together; whatever changes the round or its entries,
the close above all, holds it alone. Held until the transaction ends, first come first served.

On PostgreSQL these are advisory locks. Row locks would not do: whoever shares a row's lock may
join at any time, so under steady voting the close waited for a minute and more. SQLite has one
writer at a time (transactions begin IMMEDIATE), so there is nothing left to hold.
"""

from django.db import connection

_NAMESPACE = 0x0A5D  # tells these locks from other advisory locks in the same database


def hold_round_together(round_id: int) -> None:
    """What is read of the round after this stays true until the vote is committed."""
    _hold("pg_advisory_xact_lock_shared", round_id)


def hold_round_alone(round_id: int) -> None:
    """Every vote taken before this is committed and seen; none is taken until this is done."""
    _hold("pg_advisory_xact_lock", round_id)


def _hold(function: str, round_id: int) -> None:
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s, %s)", [_NAMESPACE, round_id])
