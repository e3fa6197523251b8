-- Other municipalities' citizens and the town's own, none of them on the page that is measured:
-- $tenants municipalities with $citizens citizens each, one enrolment and three accounts for each.

create temporary table town as
select case number when 1 then '$town'::uuid else gen_random_uuid() end as tenant_id, uuidv7() as staff_id
from generate_series(1, $tenants) as number;

create temporary table person as
select tenant_id, staff_id, uuidv7(interval '-1 year') as citizen_id, uuidv7(interval '-1 year') as enrolment_id
from town, generate_series(1, $citizens);

insert into raaderum.staff (tenant_id, id, name, email, registered_at)
select tenant_id, staff_id, 'Somebody', 'somebody@kommune.example', now() from town;

insert into raaderum.citizen (tenant_id, id, name_sealed, cpr_sealed, cpr_index, born_on, registered_at)
select tenant_id, citizen_id, decode(repeat('00', 45), 'hex'), decode(repeat('00', 39), 'hex'),
    uuid_send(citizen_id), date '1990-01-01', now()
from person;

insert into raaderum.enrolment (
    tenant_id, id, citizen_id, programme, rules_from, state, support_person_id, ceiling, referred_at,
    referral_source, accepted_on, started_on, ends_on
)
select tenant_id, enrolment_id, citizen_id, 'budget', date '2017-01-01', 'active', staff_id, 2000000, now(),
    'staff', current_date - 60, current_date, current_date + 300
from person;

insert into raaderum.ledger_account (tenant_id, id, kind, owner_id, guarded)
select tenant_id, gen_random_uuid(), kind, enrolment_id, true
from person, unnest(array['available', 'committed', 'spent']) as kind;

drop table town, person;
