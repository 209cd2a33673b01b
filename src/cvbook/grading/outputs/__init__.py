"""What comes out of a graded assignment: report, feedback, grade files, similar answers."""
