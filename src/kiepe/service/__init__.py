"""What the city does for people, one folder a field."""
