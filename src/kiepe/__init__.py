"""Kiepe: the digital town hall. The picture of the house stands in docs/explanation/house.md."""

__version__ = "0.1.0"
