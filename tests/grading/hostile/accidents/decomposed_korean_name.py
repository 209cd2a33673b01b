# status: graded
# score: 10
def hand_in(folder, notebook):
    import unicodedata

    name = unicodedata.normalize('NFD', '자료')
    (folder / name).mkdir()
    (folder / name / '수.txt').write_text('2')
    answer(notebook, 'double', f'factor = int(open({name!r} + "/수.txt").read())\n\n\ndef double(x):\n    return factor * x')
    save(folder, notebook)
