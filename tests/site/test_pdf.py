"""The pages of the book joined to one, to be printed."""

from cvbook.site import pdf


def write(folder, name, following, text):
    place = folder / name / "index.html"
    place.parent.mkdir(parents=True)
    place.write_text(
        f'<html><head>{following}<link rel="stylesheet" href="../../_static/a.css"/></head>'
        f'<body><article class="bd-article">{text}</article></body></html>'
    )


def test_links_lead_to_the_page_they_name(tmp_path):
    following = '<link rel="next" href="../second/"/>'
    first = (
        '<h1 id="id1">First</h1><a href="../second/#id1">there</a> <a href="#id1">here</a>'
        '<a href="../second/">page</a> <a href="../exercises/first.ipynb">exercise</a>'
        '<a href="https://keras.io/api/#id1">Keras</a>'
    )
    write(tmp_path, "book/first", following, first)
    second = '<h1 id="id1">Second</h1><img src="../../_images/a.png"/>'
    write(tmp_path, "book/second", "", second)
    page = pdf.join(tmp_path, "book/first", "https://book.example.org/")
    assert [link["href"] for link in page.select("a")] == [
        "#book/second.id1",
        "#book/first.id1",
        "#book/second",
        "https://book.example.org/exercises/first.ipynb",
        "https://keras.io/api/#id1",
    ]
    assert [heading["id"] for heading in page.select("h1")] == ["book/first.id1", "book/second.id1"]
    assert [article["id"] for article in page.select("article")] == ["book/first", "book/second"]
    assert page.img["src"] == (tmp_path / "_images/a.png").as_uri()
    assert page.select_one("link[rel=stylesheet]")["href"] == (tmp_path / "_static/a.css").as_uri()
