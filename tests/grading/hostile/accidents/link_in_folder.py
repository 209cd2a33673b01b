# status: graded
# score: 10
# says: 링크
def hand_in(folder, notebook):
    (folder / 'data').symlink_to('/etc')
    (folder / 'passwd').symlink_to('/etc/passwd')
    save(folder, notebook)
