"""The part of probing that touches the file: `python -m media_pipeline.inspection CONTAINER PATH
STREAMS PIXELS PICTURES`, where the last three are the limits. Runs in a process of its own (see
probing.py); knows PyAV, and neither Django nor the database."""
