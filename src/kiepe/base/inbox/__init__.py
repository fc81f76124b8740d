"""What leaves by mail, written with the change that causes it."""
