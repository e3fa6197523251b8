-- The rules of the catalogue. Each question below a "rule" line returns the names of what breaks it.

-- rule: row security is off
select relname from pg_class
where relnamespace = 'raaderum'::regnamespace and relkind in ('r', 'p', 'f') and not relrowsecurity;

-- rule: row security is not forced on the owner
select relname from pg_class
where relnamespace = 'raaderum'::regnamespace and relkind in ('r', 'p', 'f') and not relforcerowsecurity;

-- rule: a table without a policy for the application
select relname from pg_class t
where relnamespace = 'raaderum'::regnamespace and relkind in ('r', 'p') and not exists (
    select 1 from pg_policy where polrelid = t.oid and 'raaderum_app'::regrole = any (polroles)
);

-- rule: a policy that is no pure comparison with the tenant
with written as (
    select polrelid::regclass || '.' || polname as name, coalesce(
        pg_get_expr(part.expression, polrelid), pg_get_expr(polqual, polrelid), ''
    ) as reach
    from pg_policy join pg_class on pg_class.oid = polrelid
    cross join lateral (values (coalesce(polqual, polwithcheck)), (polwithcheck)) as part (expression)
    where relnamespace = 'raaderum'::regnamespace
)
select distinct name from written where reach not in (
    '(tenant_id = current_tenant())',
    '(tenant_id = (current_setting(''raaderum.tenant''::text))::uuid)'
);

-- rule: a policy for everybody
select polrelid::regclass || '.' || polname from pg_policy join pg_class on pg_class.oid = polrelid
where relnamespace = 'raaderum'::regnamespace and 0 = any (polroles);

-- rule: a tenant_id that is missing or may be null
select relname from pg_class t
where relnamespace = 'raaderum'::regnamespace and relkind in ('r', 'p') and not exists (
    select 1 from pg_attribute
    where attrelid = t.oid and attname = 'tenant_id' and attnotnull and not attisdropped
);

-- rule: a table without a primary key
select relname from pg_class t
where relnamespace = 'raaderum'::regnamespace and relkind in ('r', 'p') and not exists (
    select 1 from pg_index where indrelid = t.oid and indisprimary
);

-- rule: a unique index that the tenant does not lead
select indexrelid::regclass from pg_index join pg_class on pg_class.oid = indrelid
where relnamespace = 'raaderum'::regnamespace and indisunique and not exists (
    select 1 from pg_attribute where attrelid = indrelid and attnum = indkey[0] and attname = 'tenant_id'
);

-- rule: a foreign key that does not carry the tenant
select conname from pg_constraint join pg_class on pg_class.oid = conrelid
where relnamespace = 'raaderum'::regnamespace and contype = 'f' and not exists (
    select 1 from unnest(conkey, confkey) as pair (here, there)
    join pg_attribute own on own.attrelid = conrelid and own.attnum = here
    join pg_attribute parents on parents.attrelid = confrelid and parents.attnum = there
    where own.attname = 'tenant_id' and parents.attname = 'tenant_id'
);

-- rule: a sequence, from which others' activity can be read
select relname from pg_class where relnamespace = 'raaderum'::regnamespace and relkind = 'S';

-- rule: a view that does not see with its caller's rights
select relname from pg_class
where relnamespace = 'raaderum'::regnamespace and relkind = 'v'
    and not coalesce('security_invoker=true' = any (reloptions), false);

-- rule: a materialized view, which row security cannot cover
select relname from pg_class where relnamespace = 'raaderum'::regnamespace and relkind = 'm';

-- rule: a function marked leakproof
select proname from pg_proc where pronamespace = 'raaderum'::regnamespace and proleakproof;

-- rule: a function whose names anybody could bend (no search_path)
select proname from pg_proc
where pronamespace = 'raaderum'::regnamespace and prosqlbody is null and not exists (
    select 1 from unnest(proconfig) as setting where setting like 'search_path=%'
);

-- rule: a function that everybody may call
select proname from pg_proc
where pronamespace = 'raaderum'::regnamespace and has_function_privilege('public', oid, 'execute');

-- rule: a function with its owner's rights that the application may call
select proname from pg_proc
where pronamespace = 'raaderum'::regnamespace and prosecdef
    and has_function_privilege('raaderum_app', oid, 'execute')
    and proname not in ('append_audit', 'decide_card_authorisation', 'open_account', 'post_transaction', 'tenants_with_due_work');

-- rule: an owner that can sign in
select distinct rolname from pg_roles
where rolcanlogin and oid in (
    select relowner from pg_class where relnamespace = 'raaderum'::regnamespace
    union select proowner from pg_proc where pronamespace = 'raaderum'::regnamespace
    union select nspowner from pg_namespace where nspname = 'raaderum'
);

-- rule: a role of ours that row security does not hold
select rolname from pg_roles
where rolname like 'raaderum\_%' and (rolsuper or rolbypassrls or rolcreaterole or rolreplication);

-- rule: a role of ours that has another's rights without asking
select member::regrole || ' in ' || roleid::regrole from pg_auth_members
where member::regrole::text like 'raaderum\_%' and (inherit_option or member = 'raaderum_app'::regrole);

-- rule: a right of the application's that row security does not cover
select relname || ': ' || privilege
from pg_class t, unnest(array['truncate', 'references', 'trigger']) as privilege
where relnamespace = 'raaderum'::regnamespace and relkind in ('r', 'p', 'v')
    and has_table_privilege('raaderum_app', t.oid, privilege);

-- rule: something that the application could build with
select 'schema ' || nspname from pg_namespace
where nspname !~ '^pg_(temp|toast)' and has_schema_privilege('raaderum_app', oid, 'create')
union all
select 'database: ' || privilege from unnest(array['create', 'temporary']) as privilege
where has_database_privilege('raaderum_app', current_database(), privilege);

-- rule: a right of the national body's
select relname from pg_class t
where relnamespace = 'raaderum'::regnamespace and relkind in ('r', 'p', 'v', 'm')
    and has_any_column_privilege('raaderum_national', t.oid, 'select, insert, update')
union all
select proname from pg_proc f
where pronamespace = 'raaderum'::regnamespace and has_function_privilege('raaderum_national', f.oid, 'execute');
