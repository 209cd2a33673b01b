# status: graded
# score: 10
def hand_in(folder, notebook):
    notebook.metadata.kernelspec = {'name': 'bash', 'display_name': 'Bash'}
    save(folder, notebook)
