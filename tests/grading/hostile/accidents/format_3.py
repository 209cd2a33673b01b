# status: graded
# score: 10
def hand_in(folder, notebook):
    for c in notebook.cells:
        c.pop('id', None)
    (folder / 'basics.ipynb').write_text(json.dumps(nbformat.convert(notebook, 3)))
