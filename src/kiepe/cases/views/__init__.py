"""HTTP only. A view makes one domain call."""
