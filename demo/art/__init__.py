"""Pictures for the demo world, drawn as vectors by small functions. See `gallery.py`."""
