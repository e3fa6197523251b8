"""A job says for whom it works; what it names must be ours, and theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from raaderum.kernel.identifiers import new_id
from raaderum.payouts.service import QUEUE, SEND
from raaderum.payouts.tables import PayoutAttempt
from raaderum.people.tables import Staff
from raaderum.persistence.outbox import OutboxWork, add_work, tenants_with_due_work
from raaderum.persistence.unit_of_work import reading, unit_of_work
from raaderum.refunds.service import BOOK
from raaderum.tenancy.context import TenantMissing
from raaderum.tenancy.directory import UnknownTenant
from raaderum.worker.handlers import do_due_work
from raaderum.worker.jobs import do_tenants_work

if TYPE_CHECKING:
    from collections.abc import Callable

    from raaderum.testing.municipality import Municipality


@pytest.fixture
def two(new_municipality: Callable[[], Municipality]) -> tuple[Municipality, Municipality]:
    return new_municipality(), new_municipality()


@pytest.mark.parametrize("tenant_id", [str(uuid4()), str(UUID(int=0))], ids=["random", "zero"])
@pytest.mark.usefixtures("app")
def test_a_job_for_a_municipality_that_is_not_ours_is_refused(tenant_id: str) -> None:
    with pytest.raises(UnknownTenant):
        do_tenants_work(QUEUE, tenant_id)


@pytest.mark.usefixtures("app")
def test_work_without_a_tenant_is_refused() -> None:
    with pytest.raises(TenantMissing):
        do_due_work(QUEUE)


@pytest.mark.parametrize("kind", [SEND, BOOK])
def test_a_job_of_one_municipality_about_anothers_object_does_nothing(
    kind: str, two: tuple[Municipality, Municipality]
) -> None:
    """To the one, the other's object is as if it did not exist."""
    ours, theirs = two
    with theirs.at_work(), unit_of_work() as session:
        their_object = session.scalars(select(Staff.id)).first()
        assert their_object is not None
    with ours.at_work(), unit_of_work() as session:
        add_work(session, queue=QUEUE, kind=kind, subject_id=their_object)
    assert do_tenants_work(QUEUE, str(ours.id)) == 1
    with ours.at_work(), reading() as session:
        (work,) = session.scalars(select(OutboxWork)).all()
        assert (work.done_at, work.lease_until, work.tries) == (None, None, 1)
        assert session.scalars(select(PayoutAttempt)).all() == []


def test_the_look_across_tenants_tells_ids_and_nothing_else(two: tuple[Municipality, Municipality]) -> None:
    ours, theirs = two
    queue = str(uuid4())
    with ours.at_work(), unit_of_work() as session:
        add_work(session, queue=queue, kind=SEND, subject_id=new_id())
    assert tenants_with_due_work(queue) == [ours.id]
    with theirs.at_work(), reading() as session:
        assert session.scalars(select(OutboxWork)).all() == []
