# status: graded
# score: 10
def hand_in(folder, notebook):
    path = folder / 'basics.ipynb'
    path.write_bytes(b'\xef\xbb\xbf' + write(notebook).encode())
