"""Temporary double in this worktree only; CASES owns this module."""
