# status: graded
# score: 10
# says: 파일 이름이 다름
def hand_in(folder, notebook):
    (folder / 'basics.ipynb').unlink()
    (folder / 'basics.ipynb.txt').write_text(write(notebook))
