# status: broken
# score: 0
# says: 노트북 형식이 아님
def hand_in(folder, notebook):
    (folder / 'basics.ipynb').write_text('[1, 2, 3]')
