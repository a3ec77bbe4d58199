"""Translators. Each gives what its model or rules give; what they share keeps lines, terms and figures whole.

``sentences`` cuts a line into what a model likes to get, ``figures`` mends numbers and marks, ``terms`` keeps the
glossary. None of them knows another line than its own: a dub's lines are never mixed up here.
"""
