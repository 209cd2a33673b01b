# status: graded
# score: 10
def hand_in(folder, notebook):
    n = json.loads(json.dumps(notebook))
    for c in n['cells']:
        c['source'] = c['source'].splitlines(True) + [None, 5]
    (folder / 'basics.ipynb').write_text(json.dumps(n))
