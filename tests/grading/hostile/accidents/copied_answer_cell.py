# status: graded
# score: 10
# says: 복사된 셀
def hand_in(folder, notebook):
    place = notebook.cells.index(cell(notebook, 'double'))
    notebook.cells.insert(place, copy.deepcopy(cell(notebook, 'double')))
    save(folder, notebook)
