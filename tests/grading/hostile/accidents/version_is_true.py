# status: broken
# score: 0
# says: 노트북 형식이 아님
def hand_in(folder, notebook):
    n = json.loads(json.dumps(notebook)); n['nbformat'] = True
    (folder / 'basics.ipynb').write_text(json.dumps(n))
