"""What the settings say about where the newsroom is served, and what the operator is told about it."""

from __future__ import annotations

from ipaddress import ip_network

import pytest
from django.core.exceptions import ImproperlyConfigured

from tests.site.processes import tribuna
from tribuna.site.cli import main
from tribuna.site.deploy.facts import facts, listens

UPSTREAM = ("127.0.0.1", 8000)


@pytest.mark.parametrize(
    ("address", "scheme", "port", "suffix", "name"),
    [
        ("https://News.test", "https", 443, "", "tribuna_news_test"),
        ("https://news.test:443", "https", 443, "", "tribuna_news_test"),
        ("http://news.test:8080", "http", 8080, ":8080", "tribuna_news_test_8080"),
        ("http://[::1]:8080", "http", 8080, ":8080", "tribuna____1__8080"),
    ],
)
def test_an_address_is_taken_apart(folders, settings, address, scheme, port, suffix, name):
    settings.WAGTAILADMIN_BASE_URL = address
    found = facts(UPSTREAM)
    assert (found.scheme, found.port, found.port_suffix, found.name) == (scheme, port, suffix, name)
    assert found.address == address.lower().removesuffix(":443")
    assert found.pages_folder == settings.TRIBUNA_PRESS_FOLDER / "pages" / scheme


def test_hosts_are_readers_own(folders, settings):
    settings.ALLOWED_HOSTS = ["news.test", "127.0.0.1", "localhost", "WWW.news.test", ".paper.test", "news.test"]
    assert facts(UPSTREAM).hosts == ("news.test", "www.news.test", ".paper.test")


@pytest.mark.parametrize(("host", "said"), [("*", "name the hosts"), ("a b", "not the name"), ("a;b", "not the name")])
def test_a_host_that_is_none_is_refused(folders, settings, host, said):
    settings.ALLOWED_HOSTS = [host]
    with pytest.raises(ImproperlyConfigured, match=said):
        facts(UPSTREAM).refuse_what_cannot_be()


@pytest.mark.parametrize("upstream", [("127.0.0.1", 80), ("news.test", 80), ("localhost", 80)])
def test_tribuna_and_its_proxy_do_not_want_the_same_port(folders, upstream):
    with pytest.raises(ImproperlyConfigured, match="there Tribuna itself listens"):
        facts(upstream).refuse_what_cannot_be()
    facts(("192.0.2.1", 80)).refuse_what_cannot_be()


@pytest.mark.parametrize(
    ("host", "ways", "without_ipv6"),
    [
        ("news.test", ["80", "[::]:80"], ["80"]),
        ("localhost", ["127.0.0.1:80", "[::1]:80"], ["127.0.0.1:80"]),
        ("192.0.2.1", ["192.0.2.1:80"], ["192.0.2.1:80"]),
        ("[::1]", ["[::1]:80"], ["[::1]:80"]),
    ],
)
def test_where_to_listen(host, ways, without_ipv6):
    assert listens(host, 80, ipv6=True) == ways
    assert listens(host, 80, ipv6=False) == without_ipv6


@pytest.mark.parametrize(
    ("upstream", "trusted", "advised"),
    [
        ("127.0.0.1", [], "127.0.0.1/32"),
        ("localhost", [], "127.0.0.1/32"),
        ("::1", ["127.0.0.1/32"], "::1/128"),
        ("127.0.0.1", ["127.0.0.0/8"], ""),
        ("192.0.2.1", [], ""),
    ],
)
def test_a_proxy_that_is_not_trusted_is_told_of(folders, settings, upstream, trusted, advised):
    settings.TRIBUNA_TRUSTED_PROXIES = [ip_network(network) for network in trusted]
    told = [sentence for sentence in facts((upstream, 8000)).advice() if "TRIBUNA_TRUSTED_PROXIES" in sentence]
    assert len(told) == bool(advised)
    assert all(advised in sentence for sentence in told)


def test_a_folder_that_the_web_server_cannot_enter_is_told_of(folders):
    folders.chmod(0o750)
    assert f"chmod o+x {folders}" in " ".join(facts(UPSTREAM).advice())
    folders.chmod(0o751)
    assert f"chmod o+x {folders}\n" not in "\n".join([*facts(UPSTREAM).advice(), ""])


def test_nginx_without_a_certificate_is_told_how_to_come_by_one(folders, settings, tmp_path, capsys):
    settings.WAGTAILADMIN_BASE_URL = "https://news.test"
    assert main(["deploy", "nginx", "--certificate", str(tmp_path)]) == 0
    assert "certbot certonly --nginx -d news.test" in capsys.readouterr().err
    (tmp_path / "fullchain.pem").touch()
    assert main(["deploy", "nginx", "--certificate", str(tmp_path)]) == 0
    assert "certbot" not in capsys.readouterr().err
    assert main(["deploy", "caddy"]) == 0
    assert "certbot" not in capsys.readouterr().err


def test_a_newsroom_without_a_proxy_may_be_run_by_systemd(folders, settings, capsys):
    settings.WAGTAILADMIN_BASE_URL, settings.ALLOWED_HOSTS = "http://127.0.0.1:8000", ["*"]
    assert main(["deploy", "systemd"]) == 0
    assert main(["deploy", "nginx"]) == 2
    assert "there Tribuna itself listens" in capsys.readouterr().err


@pytest.mark.parametrize("kind", ["nginx", "caddy", "systemd"])
def test_the_command_prints_it(folders, capsys, kind):
    assert main(["deploy", kind]) == 0
    printed = capsys.readouterr()
    assert printed.out.startswith(f"# Written by `tribuna deploy {kind}`, Tribuna ")
    assert printed.out.endswith("\n")
    assert "{%" not in printed.out


def test_the_command_writes_it_and_says_what_is_amiss(folders, settings, tmp_path, capsys):
    settings.TRIBUNA_TRUSTED_PROXIES = []
    file = tmp_path / "tribuna.conf"
    for upstream in ("127.0.0.1:8000", "127.0.0.1:8001"):
        assert main(["deploy", "nginx", "--output", str(file), "--upstream", upstream, "--no-brotli"]) == 0
        assert f"server {upstream};" in file.read_text(encoding="utf-8")
        printed = capsys.readouterr()
        assert printed.out == ""
        assert "tribuna: TRIBUNA_TRUSTED_PROXIES does not name 127.0.0.1" in printed.err


def test_a_file_of_somebody_elses_is_left_alone(folders, tmp_path, capsys):
    file = tmp_path / "default"
    file.write_text("server { }", encoding="utf-8")
    assert main(["deploy", "nginx", "--output", str(file)]) == 2
    assert "Nothing was changed" in capsys.readouterr().err
    assert file.read_text(encoding="utf-8") == "server { }"


@pytest.mark.slow
def test_the_command_needs_nothing_but_the_newsrooms_folder(tmp_path):
    said = ["TRIBUNA_SECRET_KEY=" + "0123456789" * 5, "TRIBUNA_ADDRESS=https://news.test"]
    (tmp_path / "tribuna.env").write_text("\n".join(said), encoding="utf-8")
    ran = tribuna("deploy", "nginx", cwd=tmp_path)
    assert ran.returncode == 0, ran.stderr
    assert "server_name news.test;" in ran.stdout
    assert [file.name for file in tmp_path.iterdir()] == ["tribuna.env"]
