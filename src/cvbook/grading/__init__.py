"""Grade the submissions of any nbgrader course folder: fast, behind walls, and honestly.

`batch` runs the whole of it. For each submission, `intake` reads what was handed in, nbgrader's
own converter (`course`) sanitises it, a Dask worker executes it (`execution`, watched by `guard`,
which sends a `probe` into the kernel), and nbgrader saves the grades. `records` remembers what was
done, `report`, `feedback` and `export` show it.
"""
