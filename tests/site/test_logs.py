import io
import json
import logging
import logging.config

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import RequestFactory

from tribuna.site.logs import FORMATS, logging_settings


def written(form, **record):
    """Return what becomes of a record in the log."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    configurator = logging.config.DictConfigurator(logging_settings(form))
    handler.setFormatter(configurator.configure_formatter(dict(FORMATS[form])))
    handler.handle(logging.makeLogRecord({"name": "tribuna.site.tree", "levelname": "ERROR", "levelno": 40, **record}))
    return stream.getvalue()


def test_for_people_an_event_is_a_line_to_read():
    assert written("line", msg="%s died", args=("http-1",), processName="tribuna").endswith(
        " ERROR tribuna tribuna.site.tree http-1 died\n"
    )


def test_for_machines_it_is_one_object_on_one_line():
    try:
        raise ValueError("of\nmany lines")
    except ValueError as error:
        caught = (type(error), error, error.__traceback__)
    line = written("json", msg="%s died", args=("http-1",), child_pid=7, exc_info=caught, processName="tribuna")
    event = json.loads(line)
    assert line.count("\n") == 1
    assert {"time", "pid", "exc_info"} < set(event)
    facts = {"level": "ERROR", "role": "tribuna", "logger": "tribuna.site.tree", "message": "http-1 died"}
    assert {**event, **facts, "child_pid": 7} == event


@pytest.mark.parametrize("form", list(FORMATS))
def test_what_a_reader_searched_for_is_not_written_down(form):
    request = RequestFactory().get("/en/search/?q=private", REMOTE_ADDR="198.51.100.7")
    line = written(form, name="django.request", msg="Not Found: %s", args=(request.path,), request=request)
    assert "/en/search/" in line
    assert "private" not in line
    assert "198.51.100.7" not in line


def test_another_form_is_a_mistake_said_plainly():
    with pytest.raises(ImproperlyConfigured, match="TRIBUNA_LOG_FORMAT is line or json, not 'xml'"):
        logging_settings("xml")
