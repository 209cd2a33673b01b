# status: graded
# score: 10
# says: (다시 넣음): double-hidden
def hand_in(folder, notebook):
    notebook.cells = [c for c in notebook.cells if grade_id(c) != 'double-hidden']
    save(folder, notebook)
