"""Which cells a cell of a notebook depends on."""

from cvbook.measure.dataflow import names, needed_cells


def test_names_of_imports_functions_and_assignments_are_bound():
    cell = (
        "import numpy as np\nfrom a import b as c\ndef f(): pass\nclass D: pass\nx, (y, *z) = v\n"
    )
    assert names(cell).bound == {"np", "c", "f", "D", "x", "y", "z"}
    assert names(cell).used == {"v"}


def test_names_read_in_bodies_of_functions_are_used():
    cell = "def f(a, n=N):\n    def g():\n        return a + M\n    b = 1\n    return g() + b\n"
    assert names(cell).used >= {"N", "M"}
    assert not names(cell).used & {"a", "b", "g"}


def test_built_in_names_need_no_cell():
    assert names("print(len(x))").used == {"x"}


def test_changing_an_object_in_place_binds_its_name():
    assert names("model.compile(loss='mse')").bound == {"model"}
    assert names("rows[0] = 1").bound == {"rows"}
    assert names("total += 1").bound == {"total"}


def test_only_the_cells_that_are_needed_are_found():
    cells = [
        "import numpy as np",  # 0
        "unused = 1",  # 1
        "size = 4",  # 2
        "def make(n): return np.zeros(n)",  # 3
        "%matplotlib inline",  # 4
        "result = make(size)",  # 5
    ]
    assert needed_cells(cells, 5) == [0, 2, 3]


def test_the_last_binding_before_the_cell_counts():
    assert needed_cells(["x = 1", "x = 2", "x", "y = x"], 3) == [1]


def test_a_change_in_place_needs_what_it_changes():
    assert needed_cells(["rows = []", "rows.append(1)", "print(rows)"], 2) == [0, 1]
