"""Forms for StreamField blocks, generated from the blocks' own definitions.

`BlockForm` shows a value, reads what was posted, changes the order of things, and says what is
wrong. The modules below it: `nodes` (one node for each kind of block), `leaves` (how a single
field is shown and read), `operations` (add, remove, move), `rich_text` (what may stay of the
HTML that came in), `shelf` (whose pictures, products and videos may be chosen).
"""

from workbench.blockforms.form import BlockForm
from workbench.blockforms.shelf import Shelf

__all__ = ["BlockForm", "Shelf"]
