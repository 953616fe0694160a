"""Step 5: what is published in a place, and the link that belongs to that place alone."""
