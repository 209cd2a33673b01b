# status: graded
# score: 10
def hand_in(folder, notebook):
    n = json.loads(json.dumps(notebook))
    n['cells'][1:1] = [None, 5, [], {}, {'cell_type': 'heading', 'level': 1, 'source': 'x', 'metadata': {}}, {'cell_type': 'Code', 'source': '1/0'}, {'cell_type': 'code', 'source': {'a': 1}}, {'cell_type': 'code', 'source': None, 'metadata': None}, {'cell_type': ['code'], 'source': 7}]
    (folder / 'basics.ipynb').write_text(json.dumps(n))
