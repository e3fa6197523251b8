-- Accounts of $citizens citizens and of one pool, and a grant to each citizen, by the posting itself.

select $schema.open_account('$tenant', '$pool', 'pool', '$pool', false);
select $schema.open_account(
    '$tenant', (account || lpad(to_hex(citizen), 12, '0'))::uuid, kind,
    ('$available' || lpad(to_hex(citizen), 12, '0'))::uuid, true
)
from generate_series(1, $citizens) as citizen,
    (values ('$available', 'available'), ('$committed', 'committed')) as account (account, kind);
select $schema.post_transaction(
    '$tenant', uuidv7(), gen_random_uuid()::text, 'grant', '$pool', current_date,
    array['$pool'::uuid, ('$available' || lpad(to_hex(citizen), 12, '0'))::uuid],
    array[-2000000, 2000000]::bigint[]
)
from generate_series(1, $citizens) as citizen;
