from ipaddress import ip_network

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from tribuna.site.proxies import believe_trusted_proxies


@pytest.mark.parametrize(
    ("peer", "believed"), [("10.0.0.1", True), ("192.0.2.7", False), ("", False), ("unix:", False)]
)
def test_forwarding_headers_are_believed_only_from_trusted_proxies(settings, peer, believed):
    settings.TRIBUNA_TRUSTED_PROXIES = [ip_network("10.0.0.0/24")]
    seen = {}

    def view(request):
        seen["secure"] = request.is_secure()
        seen["for"] = request.META.get("HTTP_X_FORWARDED_FOR")
        return HttpResponse()

    request = RequestFactory().get(
        "/", REMOTE_ADDR=peer, HTTP_X_FORWARDED_PROTO="https", HTTP_X_FORWARDED_FOR="198.51.100.1"
    )
    believe_trusted_proxies(view)(request)

    assert seen == {"secure": believed, "for": "198.51.100.1" if believed else None}
