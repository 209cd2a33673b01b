"""Evidence that a test cell ran and that what it calls was not replaced."""
