# status: graded
# score: 5
%%javascript
IPython.notebook.get_cells().forEach(cell => cell.set_text(''))
