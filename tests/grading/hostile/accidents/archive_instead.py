# status: broken
# score: 0
# says: 노트북이 없음
def hand_in(folder, notebook):
    import zipfile

    (folder / 'basics.ipynb').unlink()
    with zipfile.ZipFile(folder / 'basics.zip', 'w') as archive:
        archive.writestr('basics.ipynb', write(notebook))
