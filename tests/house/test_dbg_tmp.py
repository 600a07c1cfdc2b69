import pytest
from tests.house.test_pseudo_locale import *
from tests.house.test_pseudo_locale import _everything
def test_x(pseudo, client):
    pseudo("es")
    paper = print_paper("es", story_language="fr", reasons=[Reason(REASON)])
    for n,a in paper.addresses.items():
        r=client.get(a); print(r.status_code,n,a,len(PSEUDO.findall(r.content.decode())))
    ps=_everything(client,paper)
    for n,h in ps.items():
        print("=====",n)
        for s in sayings(h): print("   ",s.language,"|",s.text[:150],"|",s.place)
