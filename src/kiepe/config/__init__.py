"""The roof: settings, URLs, processes. Knows every room, and no room knows it."""
