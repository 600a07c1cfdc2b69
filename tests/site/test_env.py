import pytest
from django.core.exceptions import ImproperlyConfigured

from tribuna.site.env import in_brackets, mailer

SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp://desk:secret@mail.example.org:25", 25, False, False),
        ("submission://desk:secret@mail.example.org", 587, True, False),
        ("smtp://desk:secret@mail.example.org:465?ssl=true", 465, False, True),
    ],
)
def test_a_mail_address_becomes_a_mailer(url, port, tls, ssl):
    made = mailer(url)
    assert made["BACKEND"] == SMTP
    signed_in = {"host": "mail.example.org", "username": "desk", "password": "secret"}
    assert made["OPTIONS"] == {**signed_in, "port": port, "use_tls": tls, "use_ssl": ssl}


def test_without_a_mail_server_messages_go_to_the_log():
    assert mailer("console:") == {"BACKEND": "django.core.mail.backends.console.EmailBackend"}


def test_an_unknown_kind_of_mail_address_is_said_plainly():
    with pytest.raises(ImproperlyConfigured, match="TRIBUNA_MAIL_URL begins with"):
        mailer("carrier-pigeon://roof")


@pytest.mark.parametrize(
    ("host", "written"), [("::1", "[::1]"), ("[2001:db8::1]", "[2001:db8::1]"), ("news.test", "news.test"), ("", "")]
)
def test_a_host_of_ipv6_stands_in_brackets(host, written):
    assert in_brackets(host) == written
