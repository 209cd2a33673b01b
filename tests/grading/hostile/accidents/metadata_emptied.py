# status: graded
# score: 10
# says: 표시
def hand_in(folder, notebook):
    notebook.metadata.clear()
    for c in notebook.cells:
        c.metadata.clear()
        c.id = 'x' + c.id
    save(folder, notebook)
