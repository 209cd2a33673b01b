# status: graded
# score: 5
# says: 지워진 답 셀: double
def hand_in(folder, notebook):
    notebook.cells = [c for c in notebook.cells if grade_id(c) != 'double']
    save(folder, notebook)
