# status: graded
# score: 10
# says: 모듈을 가리는
def hand_in(folder, notebook):
    for name in ('sitecustomize.py', 'usercustomize.py', 'ipython_config.py', 'x.pth'):
        (folder / name).write_text('raise SystemExit')
    start = folder / '.ipython' / 'profile_default' / 'startup'
    start.mkdir(parents=True)
    (start / '00.py').write_text('raise SystemExit')
    for name in ('tensorflow', 'keras', 'cvbook', 'IPython'):
        (folder / name).mkdir()
        (folder / name / '__init__.py').write_text('raise SystemExit')
    save(folder, notebook)
