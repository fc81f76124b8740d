"""What the statutes say: pure Python, no Django, usable alone."""
