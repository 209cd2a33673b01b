# status: graded
# score: 10
# says: 다시 넣음
def hand_in(folder, notebook):
    cell(notebook, 'double-visible').metadata.nbgrader = [1]
    save(folder, notebook)
