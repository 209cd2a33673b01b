# status: graded
# score: 10
def hand_in(folder, notebook):
    c = cell(notebook, "written")
    c.source = """![a](attachment:c)"""
    c["attachments"] = {'c': {}}
    save(folder, notebook)
