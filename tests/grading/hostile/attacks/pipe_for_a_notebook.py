# status: broken
# score: 0
# says: 특수 파일
def hand_in(folder, notebook):
    import os

    (folder / 'basics.ipynb').unlink()
    os.mkfifo(folder / 'basics.ipynb')
