"""What every search needs and editors seldom change, kept by each process for a moment."""

from collections.abc import Callable
from threading import Lock
from time import monotonic
from typing import Generic, TypeVar

SECONDS = 5.0
"""After so long a process looks whether another one changed something."""
Value = TypeVar("Value")


class Remembered(Generic[Value]):
    """Called, it gives what `read` gave, at most SECONDS ago."""

    def __init__(self, read: Callable[[], Value]) -> None:
        self._read = read
        self._lock = Lock()
        self._value: Value | None = None
        self._until = 0.0

    def __call__(self) -> Value:
        with self._lock:
            if self._value is None or monotonic() > self._until:
                self._value = self._read()
                self._until = monotonic() + SECONDS
            return self._value

    def forget(self) -> None:
        """Read again at the next call; for the process that changed something."""
        with self._lock:
            self._value = None
