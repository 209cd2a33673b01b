# status: graded
# score: 10
# says: (다시 넣음): double-visible
def hand_in(folder, notebook):
    cell(notebook, 'double-visible').metadata.nbgrader.grade_id = 'mine'
    save(folder, notebook)
