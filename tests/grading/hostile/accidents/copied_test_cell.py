# status: graded
# score: 10
# says: 복사된 셀
def hand_in(folder, notebook):
    notebook.cells.append(copy.deepcopy(cell(notebook, 'double-visible')))
    save(folder, notebook)
