"""News for the rooms above."""

from django.dispatch import Signal

# A file that was taken unchecked turned out to carry a virus. Sent with `file` (StoredFile), in a transaction.
virus_found = Signal()
