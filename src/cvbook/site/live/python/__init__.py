"""What runs in the reader's browser, under Pyodide, beside `cvbook`'s own modules.

These modules are put into the archive that the worker unpacks (`bundle.archive`).
"""
