"""An illustrated book as a file: PDF, EPUB, HTML, DOCX, and a sheet of all its pictures.

Each format is one file with one ``write_…(out, book)``. Equal books give equal bytes: dates are fixed, and nothing comes
from a clock. What all share: ``prose`` reads the text, ``plates`` makes the pictures small enough for a book.
"""
