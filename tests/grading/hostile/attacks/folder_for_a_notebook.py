# status: broken
# score: 0
# says: 노트북이 없음
def hand_in(folder, notebook):
    (folder / 'basics.ipynb').unlink()
    (folder / 'basics.ipynb').mkdir()
