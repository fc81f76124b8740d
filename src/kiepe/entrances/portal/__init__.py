"""The citizens' entrance: start page, search, my cases."""
