# status: broken
# score: 0
# says: 링크
def hand_in(folder, notebook):
    (folder / 'basics.ipynb').unlink()
    (folder / 'basics.ipynb').symlink_to('../../good1/basics/basics.ipynb')
