"""The editors' door: pages inside the Wagtail admin, which lets nobody in but editors."""
