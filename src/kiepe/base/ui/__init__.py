"""The two shells (citizens', staff's), the design and the template tags."""
