"""Who someone is: accounts, sign-in, roles."""
