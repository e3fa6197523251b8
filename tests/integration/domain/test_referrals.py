from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import pytest

from raaderum.conditions.service import accept_on_paper
from raaderum.enrolments.ending_rules import EndingReason
from raaderum.enrolments.endings import end
from raaderum.enrolments.rules import AlreadyEnrolled, CeilingOutOfRange, EnrolmentState
from raaderum.enrolments.service import offer, refer, reject
from raaderum.kernel import clock
from raaderum.kernel.errors import NotFound
from raaderum.kernel.money import Oere
from raaderum.people.roles import RoleMayNot
from raaderum.people.service import StaffRoleMissing, register_citizen
from raaderum.programmes.directory import ProgrammeExpired, ProgrammeNotYetOpen, ProgrammeUnknown
from raaderum.tenancy.context import working_for
from raaderum.tenancy.directory import UnknownTenant
from raaderum.tenancy.installed import current_tenant, tenants
from raaderum.testing.cases import made_up_cpr, prepare_offer

if TYPE_CHECKING:
    from collections.abc import Callable
    from uuid import UUID

    from raaderum.tenancy.tenant_file import Tenant
    from raaderum.testing.municipality import Municipality

PROGRAMME = "mit-liv-min-styring"


@pytest.fixture
def citizen_id(municipality: Municipality, act: Callable[..., Any]) -> UUID:
    registered: UUID = act(
        register_citizen, name="Mia Mortensen", cpr=made_up_cpr(), by=municipality.coordinator
    ).id
    return registered


@pytest.fixture
def refer_citizen(
    municipality: Municipality, act: Callable[..., Any], citizen_id: UUID
) -> Callable[..., Any]:
    """Refer the citizen, with the given terms in place of the usual ones."""

    def do(**terms: Any) -> Any:  # noqa: ANN401 - any terms
        usual = {
            "citizen_id": citizen_id,
            "programme": PROGRAMME,
            "support_person_id": municipality.support_person.person_id,
            "by": municipality.coordinator,
        }
        return act(refer, **{**usual, **terms})

    return do


@pytest.mark.usefixtures("app")
def test_a_municipality_that_is_not_ours_is_unknown(refused: Callable[..., Any]) -> None:
    finders: list[Callable[[], Tenant]] = [
        partial(tenants().by_slug, "atlantis"),
        partial(tenants().by_id, uuid4()),
    ]
    for find in finders:
        with refused(UnknownTenant) as refusal:
            find()
        assert refusal.code == "unknown_tenant"
        assert "Se efter, om navnet er skrevet rigtigt" in refusal.danish
    with working_for(uuid4()), refused(UnknownTenant):
        current_tenant()


def test_a_programme_the_municipality_does_not_have_is_unknown(
    refer_citizen: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    with refused(ProgrammeUnknown) as refusal:
        refer_citizen(programme="langtidsledige-tager-teten")
    assert (refusal.code, refusal.where) == ("programme_unknown", "programme")
    assert "Vælg en fra listen over ordninger" in refusal.danish


def test_a_programme_that_has_closed_takes_nobody(
    refer_citizen: Callable[..., Any], refused: Callable[..., Any], amend_programme: Callable[..., str]
) -> None:
    amend_programme(closes_on=clock.today() - timedelta(days=1))
    with refused(ProgrammeExpired) as refusal:
        refer_citizen()
    assert refusal.code == "programme_expired"
    assert f"nye borgere {clock.today() - timedelta(days=1)}. Vælg en anden ordning" in refusal.danish


def test_on_its_last_day_a_programme_still_takes_citizens(
    refer_citizen: Callable[..., Any], amend_programme: Callable[..., str]
) -> None:
    amend_programme(closes_on=clock.today())
    assert refer_citizen().state == EnrolmentState.REFERRED


def test_a_programme_that_opens_later_takes_nobody_yet(
    refer_citizen: Callable[..., Any], refused: Callable[..., Any], amend_programme: Callable[..., str]
) -> None:
    opens_on = clock.today() + timedelta(days=1)
    amend_programme(valid_from=opens_on)
    with refused(ProgrammeNotYetOpen) as refusal:
        refer_citizen()
    assert refusal.code == "programme_not_yet_open"
    assert f"åbner først {opens_on}. Vent med indstillingen" in refusal.danish


def test_a_citizen_has_one_open_enrolment_in_a_programme(
    refer_citizen: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    refer_citizen()
    with refused(AlreadyEnrolled) as refusal:
        refer_citizen()
    assert refusal.code == "already_enrolled"
    assert "Fortsæt med det på listen" in refusal.danish


def test_after_a_rejection_or_an_end_a_citizen_can_be_referred_again(
    municipality: Municipality, refer_citizen: Callable[..., Any], act: Callable[..., Any]
) -> None:
    coordinator = municipality.coordinator
    act(reject, refer_citizen().id, by=coordinator)
    second = refer_citizen().id
    act(prepare_offer, second, programme=PROGRAMME, age=27, by=coordinator)
    act(offer, second, by=coordinator)
    act(accept_on_paper, second, signed_on=clock.today(), by=coordinator)
    act(end, second, because=EndingReason.CITIZEN_LEAVES, by=coordinator)
    assert refer_citizen().state == EnrolmentState.REFERRED


@pytest.mark.parametrize("ceiling", [0, -1, 50_000_01, 10**12])
def test_a_personal_ceiling_lies_within_the_programmes(
    refer_citizen: Callable[..., Any], refused: Callable[..., Any], ceiling: int
) -> None:
    with refused(CeilingOutOfRange) as refusal:
        refer_citizen(ceiling=Oere(ceiling))
    assert (refusal.code, refusal.where) == ("ceiling_out_of_range", "ceiling")
    assert "skal ligge mellem 0,01 kr. og 50.000,00 kr." in refusal.danish


@pytest.mark.parametrize(("ceiling", "kept"), [(None, 50_000_00), (1, 1), (50_000_00, 50_000_00)])
def test_the_ceiling_is_the_programmes_unless_it_is_set_lower(
    refer_citizen: Callable[..., Any], ceiling: int | None, kept: int
) -> None:
    assert refer_citizen(ceiling=ceiling).ceiling == kept


def test_a_support_person_must_be_one_here(
    municipality: Municipality, refer_citizen: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    for somebody in (municipality.finance_officer.person_id, uuid4()):
        with refused(StaffRoleMissing) as refusal:
            refer_citizen(support_person_id=somebody)
        assert refusal.danish == "Personen er ikke støtteperson i denne kommune. Vælg en, der er."


def test_a_citizen_nobody_has_registered_cannot_be_referred(
    refer_citizen: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    with refused(NotFound):
        refer_citizen(citizen_id=uuid4())


def test_a_support_person_does_not_refer(
    municipality: Municipality, refer_citizen: Callable[..., Any], refused: Callable[..., Any]
) -> None:
    with refused(RoleMayNot) as refusal:
        refer_citizen(by=municipality.support_person)
    assert "Som støtteperson kan du ikke" in refusal.danish
