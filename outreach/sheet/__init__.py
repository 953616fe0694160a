"""The resources sheet: what only a person knows of a place, as its file says it."""
