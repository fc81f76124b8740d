"""The command line `kiepe`."""
