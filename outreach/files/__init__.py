"""From bytes to tables, for every room: where files come from, and how people write what stands in them."""
