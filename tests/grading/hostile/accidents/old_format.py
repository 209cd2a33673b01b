# status: graded
# score: 10
def hand_in(folder, notebook):
    notebook.nbformat_minor = 2
    for c in notebook.cells:
        c.pop('id', None)
    (folder / 'basics.ipynb').write_text(json.dumps(notebook))
