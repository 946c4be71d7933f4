"""Sent inside the transaction that makes them true."""

from django.dispatch import Signal

# video_ids: list[int]; published, edited, withdrawn, taken down, about to be deleted
video_changed = Signal()
source_waiting = Signal()  # source: has steps that somebody should take up
# source, video_ids: list[int], whom it concerns
source_ready = Signal()  # every rung and the poster are there
source_refused = Signal()  # it can't be accepted; the refused step has the sentence
source_failed = Signal()  # we couldn't; somebody may try again
poster_chosen = Signal()  # picture: stands for a video from now on
# picture_ids: list[int]; edited, given another file, or about to be deleted
picture_changed = Signal()
# picture: is it shown where everybody may look? Asked of the apps above, which answer True or False
picture_asked_for = Signal()
