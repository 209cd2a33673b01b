# status: graded
# score: 10
def hand_in(folder, notebook):
    cell(notebook, 'written')['attachments'] = {'SUR': {'image/png': 'SUR'}}
    (folder / 'basics.ipynb').write_text(json.dumps(notebook).replace('SUR', '\\ud800'))
