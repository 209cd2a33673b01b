# status: graded
# score: 0
def hand_in(folder, notebook):
    notebook.cells.sort(key=lambda c: (grade_id(c) or '') in ('double', 'mean'))
    save(folder, notebook)
