"""The exercises of the course, one module an assignment."""
