# status: graded
# score: 10
# says: 표시가 지워진 셀 (글과 자리로 알아봄): double-visible
def hand_in(folder, notebook):
    cell(notebook, 'double-visible').metadata.nbgrader.grade_id = 'mine'
    save(folder, notebook)
