"""The revisions of the database, the oldest first; each says what it adds in its own words and never changes."""
