"""Limits on what a kernel sends; whole executions are tested by the hostile submissions."""

import pytest
from nbformat.v4 import new_code_cell, new_notebook

from cvbook.grading.client import ERROR_LENGTH, GradingClient, expression_value


@pytest.fixture
def client():
    one = GradingClient(new_notebook(cells=[new_code_cell("f()")]), 10, lambda cell: 1.0)
    one.reset_execution_trackers()
    one.clear_before_next_output = False  # as nbclient sets it before each cell
    return one


def send(client, kind, **content):
    cell = client.nb.cells[0]
    header = {"msg_type": kind}
    message = header | {"content": content, "header": header, "parent_header": {}}
    client.process_message(message, cell, 0)
    return cell.outputs


def test_output_beyond_the_limit_is_dropped(client):
    send(client, "stream", name="stdout", text="12345678")
    outputs = send(client, "stream", name="stdout", text="901234")
    assert [output.text for output in outputs] == ["12345678"]
    assert client.written > client.output_bytes


def test_the_first_result_of_a_cell_is_kept_beyond_the_limit_but_shortened(client):
    send(client, "stream", name="stdout", text="x" * 11)
    for text in ("0", "1"):
        data = {"text/plain": text + " " * 5000, "text/html": text}
        outputs = send(client, "execute_result", data=data, metadata={}, execution_count=1)
    (result,) = outputs
    assert result.data["text/plain"].strip() == "0"
    assert len(str(result)) < 2000


def test_an_error_is_kept_beyond_the_limit_but_shortened(client):
    send(client, "stream", name="stdout", text="x" * 11)
    text = "y" * (2 * ERROR_LENGTH)
    outputs = send(client, "error", ename="E", evalue=text, traceback=[text] * 80)
    assert [output.output_type for output in outputs] == ["error"]
    assert len(outputs[0].evalue) <= ERROR_LENGTH + 2
    assert len(outputs[0].traceback) == 50


def test_an_output_that_cannot_be_read_leaves_those_before_it(client):
    send(client, "stream", name="stdout", text="1")
    outputs = send(client, "display_data", data={"text/plain": "2"}, metadata=None, transient=5)
    assert client.malformed
    assert [output.text for output in outputs] == ["1"]


@pytest.mark.parametrize(
    ("reply", "answer"),
    [
        ({"user_expressions": {"answer": {"data": {"text/plain": "'a'"}}}}, "'a'"),
        ({"user_expressions": {"answer": {"status": "error"}}}, None),
        ({"user_expressions": {}}, None),
        ({}, None),
    ],
)
def test_the_value_of_the_expression_is_read_from_a_reply(reply, answer):
    assert expression_value(reply) == answer
