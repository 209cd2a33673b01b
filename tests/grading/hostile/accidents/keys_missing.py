# status: graded
# score: 10
def hand_in(folder, notebook):
    for c in notebook.cells:
        for key in ('outputs', 'execution_count', 'id'):
            c.pop(key, None)
    save(folder, notebook)
