# status: graded
# score: 10
def hand_in(folder, notebook):
    (folder / 'helper.py').write_text('def twice(x):\n    return 2 * x\n')
    answer(notebook, 'double', 'from helper import twice\n\n\ndef double(x):\n    return twice(x)')
    save(folder, notebook)
