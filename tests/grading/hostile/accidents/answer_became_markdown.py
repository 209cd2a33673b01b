# status: graded
# score: 10
def hand_in(folder, notebook):
    changed = cell(notebook, 'double')
    changed.cell_type = 'markdown'
    del changed['outputs'], changed['execution_count']
    save(folder, notebook)
