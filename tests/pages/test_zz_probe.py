import time
from tests.pages.region import *
import pytest
pytestmark = pytest.mark.django_db
def test_x(region): 
    pass
def test_build(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        t=time.time(); w=make_world(); print("world",time.time()-t)
        add_accounts(w); add_second_forum(w)
        for n,b in CASES.items():
            t=time.time(); c=b(w); print(n, c.stage, round(time.time()-t,2))
        transaction.set_rollback(True)
