# status: graded
# score: 10
def hand_in(folder, notebook):
    for c in notebook.cells:
        c.source = c.source.replace('\n', '\r\n')
    (folder / 'basics.ipynb').write_bytes(write(notebook).replace('\n', '\r\n').encode())
