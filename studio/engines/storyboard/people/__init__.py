"""People: bodies, heads, clothes, what they hold and do."""
