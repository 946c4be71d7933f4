from collections.abc import Callable

Report = Callable[[str, int, int], None]
"""Told what is being made, how many of it are there, and how many there will be."""


def silent(what: str, done: int, total: int) -> None:
    """For callers that don't want to hear."""
