# status: graded
# score: 10
def hand_in(folder, notebook):
    notebook.metadata.zoom = float('nan')
    save(folder, notebook)
