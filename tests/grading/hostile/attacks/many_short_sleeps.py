# status: incomplete
# score: 0
# says: 노트북의 시간 제한
def hand_in(folder, notebook):
    for i in range(100):
        notebook.cells.insert(2, nbformat.v4.new_code_cell('import time; time.sleep(.9)', id=f's{i}'))
    save(folder, notebook)
