"""Documents in the shape of the standards, and what a wire is made of in tests."""

from __future__ import annotations

import json
from typing import Any

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:media="http://search.yahoo.com/mrss/" xmlns:dcterms="http://purl.org/dc/terms/">
<channel><title>Harbour Agency</title><link>https://agency.example/</link><language>en-GB</language>
<copyright>© Harbour Agency</copyright>
{items}
</channel></rss>"""

RSS_ITEM = """<item><title>Ferry&nbsp;returns &amp; waits</title><link>https://agency.example/ferry</link>
<guid isPermaLink="false">ferry-{number}</guid><pubDate>Mon, 02 Nov 2026 09:30:00 +0100</pubDate>
<description>The ferry is &lt;b&gt;back&lt;/b&gt;.</description><dc:creator>Harbour desk</dc:creator>
<content:encoded><![CDATA[<p>The ferry is <a href="/times">back</a>.</p><script>alert(1)</script>]]></content:encoded>
{more}</item>"""

MEDIA = """<media:group><media:content url="https://agency.example/small.jpg" medium="image" width="100"/>
<media:content url="https://agency.example/large.jpg" type="image/jpeg" width="900">
<media:description>A ferry</media:description><media:credit>Desk</media:credit></media:content></media:group>"""


def rss(*more: str) -> str:
    """Return a feed with as many items as are said of more."""
    return RSS.format(items="".join(RSS_ITEM.format(number=n, more=each) for n, each in enumerate(more or ("",), 1)))


RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://agency.example/"><title>Old Agency</title>
<dc:language>es</dc:language></channel>
<item rdf:about="https://agency.example/1"><title>Vuelve el ferry</title><link>https://agency.example/1</link>
<description>Ha vuelto.</description><dc:date>2026-11-02T09:30:00Z</dc:date><dc:rights>Todos</dc:rights></item>
</rdf:RDF>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Sea Agency</title><id>urn:feed</id>
<updated>2026-11-02T10:00:00Z</updated><author><name>Sea desk</name></author><rights>Ask us</rights>
<entry xml:lang="es"><id>urn:1</id><title type="html">El &lt;b&gt;mar&lt;/b&gt;</title>
<link href="https://sea.example/1"/><link rel="enclosure" type="image/png" href="sea.png"/>
<published>2026-11-02T09:00:00Z</published><updated>2026-11-02T10:00:00Z</updated>
<summary>Breve</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"
><p>Agua <em>azul</em><br/>y <a href="/x">más</a></p></div>
</content></entry>
<entry><id>urn:2</id><title>A &lt; B</title><updated>2026-11-02T10:00:00Z</updated>
<summary>Only &amp; plain</summary><author><name>Night desk</name></author></entry></feed>"""

NEWSITEM = """<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:newsml:agency:{key}" version="{version}"
 standard="NewsML-G2" standardversion="2.33" conformance="power" xml:lang="en-GB">
<rightsInfo><copyrightHolder><name>Agency</name></copyrightHolder><copyrightNotice>© 2026 Agency</copyrightNotice>
<usageTerms>Not for archives</usageTerms></rightsInfo>
<itemMeta><itemClass qcode="ninat:{kind}"/><provider literal="AGY"><name>Agency</name></provider>
<versionCreated>2026-11-02T09:30:00Z</versionCreated><firstCreated>2026-11-02T09:00:00Z</firstCreated>
{meta}</itemMeta>
<contentMeta><language tag="en"/><headline>Ferry returns</headline><by>Harbour desk</by><creditline>AGY</creditline>
<description role="drol:summary">It is back.</description></contentMeta>
<contentSet>{content}</contentSet></newsItem>"""

XHTML = """<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head><title>T</title>
</head><body><h2>Back</h2><p>The <strong>ferry</strong> &amp; more.</p></body></html></inlineXML>"""

IN_NITF = """<inlineXML contenttype="application/nitf+xml"><nitf xmlns="http://iptc.org/std/NITF/2006-10-18/"><body>
<body.head><hedline><hl1>From NITF</hl1></hedline><abstract>Short.</abstract><byline>
<person>Night desk</person></byline></body.head><body.content><p>Inside.</p></body.content></body></nitf></inlineXML>"""

REMOTE = """<remoteContent rendition="rnd:thumb" href="small.jpg" contenttype="image/jpeg" width="100"/>
<remoteContent rendition="rnd:high" href="https://agency.example/large.jpg" contenttype="image/jpeg" width="2000"/>
<remoteContent href="film.mp4" contenttype="video/mp4" width="4000"/>"""


def newsitem(key: str = "1", version: str = "1", *, kind: str = "text", meta: str = "", content: str = XHTML) -> str:
    """Return a news item."""
    return NEWSITEM.format(key=key, version=version, kind=kind, meta=meta, content=content)


def newsmessage(*items: str) -> str:
    """Return a message of *items*."""
    return (
        '<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header><sent>2026-11-02T09:30:00Z</sent></header>'
        f"<itemSet>{''.join(items)}</itemSet></newsMessage>"
    )


def package(*keys: str) -> str:
    """Return a package that refers to items."""
    refs = "".join(f'<itemRef residref="urn:newsml:agency:{key}" contenttype="application/nitf"/>' for key in keys)
    return (
        '<packageItem xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:newsml:agency:p" version="1" '
        'standard="NewsML-G2" standardversion="2.33" conformance="power"><itemMeta>'
        '<itemClass qcode="ninat:composite"/><provider literal="AGY"/>'
        "<versionCreated>2026-11-02T09:30:00Z</versionCreated></itemMeta>"
        f'<groupSet root="g"><group id="g" role="group:main">{refs}</group></groupSet></packageItem>'
    )


CONCEPT = '<concept><conceptId qcode="agy:ferries"/><name>Ferries</name></concept>'
CATALOG = '<catalog><scheme alias="agy" uri="https://agency.example/agy/"/></catalog>'


def other_item(name: str) -> str:
    """Return an item that is about news and no news itself: a plan, a concept, a list of either."""
    content = {
        "catalogItem": f"<catalogContainer>{CATALOG}</catalogContainer>",
        "conceptItem": CONCEPT,
        "knowledgeItem": f"<conceptSet>{CONCEPT}</conceptSet>",
        "planningItem": "<newsCoverageSet><newsCoverage><planning><edNote>Two pictures</edNote></planning>"
        "</newsCoverage></newsCoverageSet>",
    }[name]
    return (
        f'<{name} xmlns="http://iptc.org/std/nar/2006-10-01/" guid="urn:newsml:agency:{name}" version="1" '
        'standard="NewsML-G2" standardversion="2.33" conformance="power">'
        '<itemMeta><itemClass qcode="plinat:newscoverage"/><provider literal="AGY"/>'
        "<versionCreated>2026-11-02T09:30:00Z</versionCreated></itemMeta>"
        f"{content}</{name}>"
    )


SCORE = """<inlineXML contenttype="application/sportsml+xml"><sports-content
 xmlns="http://iptc.org/std/SportsML/2008-04-01/"><sports-event><team><team-metadata><name>Cádiz</name></team-metadata>
<team-stats score="2"/></team></sports-event></sports-content></inlineXML>"""

BARE_XHTML = """<inlineXML contenttype="application/xhtml+xml"><html><head><title>T</title></head><body>
<p>Its namespace was <b>forgotten</b>.</p></body></html></inlineXML>"""


NITF = """<?xml version="1.0" encoding="ISO-8859-1"?>
<!DOCTYPE nitf SYSTEM "nitf-3-6.dtd">
<nitf uno="2026-11-02:ferry" version="-//IPTC//DTD NITF 3.6//EN">
<head><title>Slug</title><docdata management-status="{status}"><doc-id id-string="agy.{key}" regsrc="AGY"/>
<date.issue norm="20261102T093000Z"/><date.release norm="{release}"/><du-key version="{version}" key="ferry"/>
<doc.copyright year="2026" holder="Agency"/><fixture fix-id="Analysis"/></docdata></head>
<body xml:lang="es"><body.head><hedline><hl1>El ferry de C\u00e1diz</hl1><hl2>Second</hl2></hedline>
<rights>Ask first</rights><byline>By <person>Harbour desk</person></byline><distributor>AGY</distributor>
<abstract><p>In short.</p></abstract></body.head>
<body.content><p>From <location>C\u00e1diz</location> <em>today</em>.<br/><a href="https://agency.example/x">More</a></p>
<hl2>Heading</hl2><bq><block><p>Said.</p></block><credit>Desk</credit></bq><p><object.title>Ship</object.title></p>
<media media-type="video"><media-reference source="first.mp4"/></media>
<media media-type="image"><media-reference source="film.mp4" mime-type="video/mp4"/>
<media-reference source="ferry.jpg" mime-type="image/jpeg" alternate-text="A ferry"/>
<media-caption>The ferry.</media-caption><media-producer>Desk</media-producer></media></body.content>
<body.end/></body></nitf>"""


def nitf(key: str = "1", version: str = "1", *, status: str = "usable", release: str = "") -> bytes:
    """Return a story."""
    return NITF.format(key=key, version=version, status=status, release=release).encode("latin-1")


def ninjs_1(key: str = "1", **fields: Any) -> dict[str, Any]:
    """Return an item as ninjs 1.x has it."""
    return {
        "uri": f"https://agency.example/{key}",
        "type": "composite",
        "version": "1",
        "versioncreated": "2026-11-02T09:30:00Z",
        "pubstatus": "usable",
        "language": "en",
        "headline": "Ferry returns",
        "byline": "Harbour desk",
        "copyrightholder": "Agency",
        "copyrightnotice": "© 2026 Agency",
        "usageterms": "Not for archives",
        "description_text": "It is back.",
        "body_text": "It is back.",
        "body_xhtml": "<p>The ferry is <b>back</b>.</p>",
        "associations": {
            "main": {
                "uri": "https://agency.example/p",
                "type": "picture",
                "headline": "A ferry",
                "byline": "Desk",
                "description_text": "The ferry.",
                "renditions": {
                    "small": {"href": "https://agency.example/s.jpg", "mimetype": "image/jpeg", "width": 100},
                    "large": {"href": "https://agency.example/l.jpg", "mimetype": "image/jpeg", "width": 900},
                    "film": {"href": "https://agency.example/f.mp4", "mimetype": "video/mp4", "width": 1900},
                },
            }
        },
    } | fields


def ninjs_2(key: str = "1", **fields: Any) -> dict[str, Any]:
    """Return an item as ninjs 2.x has it."""
    return {
        "uri": f"urn:agency:{key}",
        "standard": {"name": "ninjs", "version": "2.1"},
        "type": "text",
        "firstcreated": "2026-11-02T09:00:00Z",
        "versioncreated": "2026-11-02T09:30:00Z",
        "embargoed": "2099-01-01T00:00:00Z",
        "pubstatus": "withheld",
        "by": "Harbour desk",
        "infosources": [{"name": "AGY"}],
        "altids": [{"role": "web", "value": "https://agency.example/2"}],
        "headlines": [{"role": "main", "value": "Ferry returns"}],
        "descriptions": [{"contenttype": "text/html", "value": "<p>It is <b>back</b>.</p>"}],
        "bodies": [
            {"role": "agency", "contenttype": "application/xml", "value": "<x>Raw</x>"},
            {"role": "text", "contenttype": "text/plain", "value": "One & only.\n\nTwo."},
        ],
    } | fields


def ninjs_3(key: str = "1", **fields: Any) -> dict[str, Any]:
    """Return an item as ninjs 3.x has it."""
    return {
        "uri": f"urn:agency:{key}",
        "type": "text",
        "pubStatus": "canceled",
        "versionCreated": "2026-11-02T09:30:00Z",
        "copyrightNotice": "© 2026 Agency",
        "headlines": [{"value": "Ferry returns"}],
        "bodies": [{"contentType": "application/xhtml+xml", "value": "<p>Back.</p>"}],
        "associations": [
            {
                "uri": f"urn:agency:{key}:picture",
                "name": "main",
                "type": "picture",
                "headlines": [{"value": "A ferry"}],
                "renditions": [{"name": "large", "href": "https://agency.example/l.jpg", "contentType": "image/jpeg"}],
            }
        ],
    } | fields


def as_json(*items: object) -> bytes:
    """Return one item as an object, several as an array."""
    return json.dumps(items[0] if len(items) == 1 else items).encode()
