"""The heart: one administrative procedure from Antrag to Bescheid."""
