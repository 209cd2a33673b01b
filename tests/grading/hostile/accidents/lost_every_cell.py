# status: graded
# score: 0
# says: 다시 넣음
def hand_in(folder, notebook):
    notebook.cells = []
    save(folder, notebook)
