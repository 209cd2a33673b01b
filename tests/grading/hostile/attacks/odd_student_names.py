# status: graded
# score: 10
def hand_in(folder, notebook):
    save(folder, notebook)
    for name in ("김 철수'; DROP TABLE student;--", '[a-z]*', '100%s{0}', '-rf', '<b>x'):
        other = folder.parent.parent / name / 'basics'
        other.mkdir(parents=True)
        save(other, notebook)
