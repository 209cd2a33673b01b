"""Integrity checks: test cells ran and passed, what they call was not replaced, code to review."""
