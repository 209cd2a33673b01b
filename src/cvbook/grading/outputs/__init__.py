"""Outputs of a graded assignment: report, feedback pages, exported grades, similar answers."""
