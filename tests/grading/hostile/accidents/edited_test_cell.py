# status: graded
# score: 5
# says: 고쳐진 잠긴 셀
def hand_in(folder, notebook):
    answer(notebook, 'double', 'def double(x):\n    return 0')
    answer(notebook, 'double-visible', 'assert True')
    save(folder, notebook)
