"""Filling a site: everything goes through the services that people's own pages use.

Each part looks at the rows that are there and adds what is missing, in one transaction for each
thing, so that the command can be killed and run again without doubling anything.
"""

from demo.services.screenings import show_films
from demo.services.world import load_world

__all__ = ["load_world", "show_films"]
