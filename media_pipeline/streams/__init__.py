"""Holds what players are given against the rules that they rely on: RFC 8216 and Apple's
authoring specification for HLS, ISO/IEC 23009-1 for DASH.

It reads playlists and segments as a player does, and nothing of the database: what it finds wrong
is wrong for players, whatever the rows say. `manage.py check_streams` runs it.
"""

from media_pipeline.streams.checking import Problem, Reader, check_streams
from media_pipeline.streams.stored import StoredReader

__all__ = ["Problem", "Reader", "StoredReader", "check_streams"]
