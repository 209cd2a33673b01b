# status: flagged
# score: 0
shell = get_ipython()
shell.run_line_magic('load_ext', 'autoreload')
shell.events.register('post_execute', lambda: None)


def double(x):
    return 0
