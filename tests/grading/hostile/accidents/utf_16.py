# status: graded
# score: 10
def hand_in(folder, notebook):
    (folder / 'basics.ipynb').write_bytes(write(notebook).encode('utf-16'))
