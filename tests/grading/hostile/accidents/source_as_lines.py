# status: graded
# score: 10
def hand_in(folder, notebook):
    for c in notebook.cells:
        c.source = c.source.splitlines(keepends=True)
    save(folder, notebook)
