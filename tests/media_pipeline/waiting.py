import time
from threading import Event


def wait_until(condition, seconds=20):
    """Waits for something that another process or thread does."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        Event().wait(0.02)
