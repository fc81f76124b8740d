"""Files: taken in, converted, encrypted, shown; and typeset PDFs."""
