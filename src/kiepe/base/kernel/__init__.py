"""Clock, keys, refusals, actors, limits, jobs: what every room may use."""
