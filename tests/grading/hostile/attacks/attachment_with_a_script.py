# status: graded
# score: 10
def hand_in(folder, notebook):
    text = '![x](attachment:a.png) <object data="data:text/html,x"></object> <svg onload=alert(1)>'
    answer(notebook, 'written', text)
    cell(notebook, 'written').attachments = {'a.png': {'image/svg+xml': '<svg onload="alert(1)"/>', 'image/png': '"><img src=x onerror=alert(1)>'}}
    save(folder, notebook)
