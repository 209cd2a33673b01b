# status: graded
# score: 10
# says: 링크
def hand_in(folder, notebook):
    import os

    save(folder, notebook)
    for name in (b'a\nb', b'\x1b[2J', b'\xff\xfe', b'<script>alert(1)</script>'.replace(b'/', b'|')):
        (folder / os.fsdecode(name)).write_text('x')
        (folder / os.fsdecode(name + b'-link')).symlink_to('/etc/passwd')
