"""Automated grading of any nbgrader course folder, in parallel and in a sandbox.

`batch` grades an assignment: `submission` reads what each student handed in and `normalization`
rebuilds its notebooks, nbgrader's own converter (`nbgrader`) sanitises them, Dask workers execute
them (`execution`, `client`) with integrity checks (`integrity`), and nbgrader saves the grades.
`records` holds the outcome of each submission, `outputs` writes reports, feedback and exports.
"""
