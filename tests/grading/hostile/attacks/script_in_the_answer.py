# status: graded
# score: 10
def hand_in(folder, notebook):
    answer(notebook, 'written', '<script>alert(1)</script> <a href="javascript:alert(2)">답</a>')
    save(folder, notebook)
