"""Experiments of the chapters, measured over many seeds and stored with their provenance.

A code cell with the tag `experiment` defines one function `NAME(seed)` that returns numbers and
lists of numbers. `experiments` finds it together with the earlier cells it depends on
(`dataflow`), `runner` executes it in one process a seed (`worker`), `check` measures stored runs
again. The files are read by the library's `cvbook.results`.
"""
