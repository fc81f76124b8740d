"""Adapters of the ports of this room, one file a vendor."""
