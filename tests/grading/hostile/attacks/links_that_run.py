# status: graded
# score: 10
def hand_in(folder, notebook):
    c = cell(notebook, "written")
    c.source = "[x](javascript:alert(1)) [y](data:text/html,z) <a href='&#106;avascript:z'>z</a>"
    c["attachments"] = {}
    save(folder, notebook)
