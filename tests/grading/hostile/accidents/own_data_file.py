# status: graded
# score: 10
def hand_in(folder, notebook):
    (folder / 'numbers.txt').write_text('2')
    answer(notebook, 'double', 'factor = int(open("numbers.txt").read())\n\n\ndef double(x):\n    return factor * x')
    save(folder, notebook)
