# status: graded
# score: 10
def hand_in(folder, notebook):
    c = cell(notebook, "written")
    c.source = """![a](attachment:missing.png)"""
    c["attachments"] = {'c': {'image/png': 'x'}}
    save(folder, notebook)
