# status: graded
# score: 10
from IPython.display import SVG, Latex, Markdown, display

display(
    SVG('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><a href="data:x">x</a></svg>'),
    Latex(r'$\href{data:text/html,x}{x}$'),
    Markdown('<iframe src="https://example.com"></iframe><style>*{background:url(//x)}</style>'),
)


def double(x):
    return 2 * x
