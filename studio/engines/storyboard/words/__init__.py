"""English words: tokens and base forms, and the lists of what can be drawn."""
