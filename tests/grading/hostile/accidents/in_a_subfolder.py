# status: graded
# score: 10
# says: 파일 이름이 다름
def hand_in(folder, notebook):
    (folder / 'basics.ipynb').unlink()
    (folder / '과제').mkdir()
    (folder / '과제' / 'basics.ipynb').write_text(write(notebook))
