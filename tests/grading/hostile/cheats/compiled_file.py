# status: flagged
# score: 10
# says: helper.so: 읽을 수 없는 코드
def hand_in(folder, notebook):
    (folder / 'helper.so').write_bytes(b'\x7fELF')
    save(folder, notebook)
