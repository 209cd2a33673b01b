# status: broken
# score: 0
# says: 깨진 JSON
def hand_in(folder, notebook):
    (folder / 'basics.ipynb').write_bytes(bytes(2000))
