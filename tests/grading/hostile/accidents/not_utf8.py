# status: broken
# score: 0
# says: UTF-8
def hand_in(folder, notebook):
    (folder / 'basics.ipynb').write_bytes(b'{\"cells\": \"\x80\"}')
