"""The revisions of the address book, the oldest first; each says what it adds in its own words and never changes."""
