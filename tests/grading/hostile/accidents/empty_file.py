# status: broken
# score: 0
# says: 읽을 수 없는
def hand_in(folder, notebook):
    (folder / 'basics.ipynb').write_text('')
