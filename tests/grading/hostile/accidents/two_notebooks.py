# status: graded
# score: 10
def hand_in(folder, notebook):
    save(folder, notebook)
    answer(notebook, 'double', 'def double(x):\n    return 0')
    (folder / 'basics-Copy1.ipynb').write_text(write(notebook))
