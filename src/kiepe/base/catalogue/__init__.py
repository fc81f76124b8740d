"""The city pack: the city, its offices, its services, read once and checked."""
