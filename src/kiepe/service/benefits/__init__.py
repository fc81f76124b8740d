"""Benefits that every city shares and that need code: one folder a Leistung."""
