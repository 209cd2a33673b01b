"""Reproducible notebooks: execute and store them, and check stored outputs against a new execution.

- `run`: executes notebooks in parallel and stores them (`cvbook run`)
- `inputs`: the cache key that changes when a notebook must be executed again
- `normalize`: the stored form of a notebook, without what changes from run to run
- `lint`: rules for stored notebooks, checked without executing them
- `tolerance`: how far a cell's outputs may differ, as its metadata declares
- `compare`: text, images, cell outputs and widgets against the stored ones
- `pytest_plugin`: executes notebooks under pytest, on nbval's classes, and compares
- `counts`, `report`: counts of compared outputs; the report as one line and as an HTML page
- `notebooks`: finds notebooks, and the parts of one
"""
