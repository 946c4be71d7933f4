"""Short films, rendered from the demo's guides: pictures in motion above a caption."""
