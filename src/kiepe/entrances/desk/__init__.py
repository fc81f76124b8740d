"""The staff's entrance: my day and the queue of everything."""
