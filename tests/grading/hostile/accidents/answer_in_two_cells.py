# status: graded
# score: 10
def hand_in(folder, notebook):
    place = notebook.cells.index(cell(notebook, 'double'))
    notebook.cells.insert(place, nbformat.v4.new_code_cell('factor = 2'))
    answer(notebook, 'double', 'def double(x):\n    return factor * x')
    save(folder, notebook)
