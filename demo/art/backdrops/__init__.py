"""Places where things stand. Each fills any width and height,
and has its floor in the lower quarter."""
