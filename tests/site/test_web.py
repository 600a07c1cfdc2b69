import os

from tribuna.site.web import answering


class Protocol:
    """What granian gives for an answer; takes down what it is told."""

    def response_bytes(self, status, headers, body):
        self.answer = status, headers, body

    def response_iter(self, status, headers, body):
        self.answer = status, headers, b"".join(body.inner)


def answered(body):
    """Return what is told to granian of an application's *body*, and what the application was told."""
    asked = {}

    def application(environ, start_response):
        asked.update(environ)
        start_response("201 Created", [("x-answer", "yes")])
        return body

    protocol = Protocol()
    assert answering(application)(protocol, {"PATH_INFO": "/en/"}) == 201
    return protocol.answer, asked


def test_an_answer_at_hand_is_sent_as_bytes_and_another_piece_by_piece():
    for body in ([b"one ", b"two"], iter([b"one ", b"two"])):
        answer, asked = answered(body)
        assert answer == (201, [("x-answer", "yes")], b"one two")
        assert asked["PATH_INFO"] == "/en/"


def test_an_application_is_told_nothing_of_this_processes_environment():
    _answer, asked = answered([])
    assert not os.environ.keys() & asked.keys()
