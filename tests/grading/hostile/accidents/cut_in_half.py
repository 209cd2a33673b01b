# status: broken
# score: 0
# says: 깨진 JSON
def hand_in(folder, notebook):
    text = write(notebook)
    (folder / 'basics.ipynb').write_text(text[: len(text) // 2])
