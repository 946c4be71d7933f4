"""The shoppers' pages, by subject."""
