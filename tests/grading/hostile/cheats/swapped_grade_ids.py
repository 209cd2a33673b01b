# status: graded
# score: 3
def hand_in(folder, notebook):
    one, other = cell(notebook, 'mean-visible'), cell(notebook, 'double-hidden')
    one.metadata.nbgrader.grade_id, other.metadata.nbgrader.grade_id = 'double-hidden', 'mean-visible'
    answer(notebook, 'double', 'def double(x):\n    return 0')
    save(folder, notebook)
