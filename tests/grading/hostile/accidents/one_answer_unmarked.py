# status: graded
# score: 10
# says: 표시
def hand_in(folder, notebook):
    cell(notebook, 'double').metadata.clear()
    save(folder, notebook)
