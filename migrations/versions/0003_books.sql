-- The books: posting and the audit chain. Both belong to the role raaderum_books, which alone may
-- write them, and both work for one tenant only: the caller's, or the one they set for the transaction.

-- Returns the tenant, so that it can be called in an assignment, which costs half as much as `perform`.
-- It has no rights and no search path of its own: it runs within the functions below, under theirs.
create function enter_tenant(wanted uuid) returns uuid language plpgsql as $$
declare setting text := current_setting('raaderum.tenant', true);
begin
    if setting is null or setting = '' then
        setting := set_config('raaderum.tenant', wanted::text, true);
    elsif setting::uuid is distinct from wanted then
        raise exception 'the transaction works for another tenant' using errcode = '42501';
    end if;
    return wanted;
end $$;

create function open_account(
    p_tenant uuid, p_id uuid, p_kind text, p_owner uuid, p_guarded boolean
) returns void language plpgsql security definer set search_path = raaderum, pg_temp as $$
begin
    p_tenant := enter_tenant(p_tenant);
    insert into ledger_account (tenant_id, id, kind, owner_id, guarded)
    values (p_tenant, p_id, p_kind, p_owner, p_guarded)
    on conflict (tenant_id, id) do nothing;
end $$;

-- Post one transaction. The key is looked up first, so that a repetition is answered and not refused.
-- RD001: a guarded account would go below zero (detail: what it holds). RD002: the key stands for
-- another content. RD003: the call itself is wrong.
create function post_transaction(
    p_tenant uuid, p_id uuid, p_key text, p_kind text, p_subject uuid, p_occurred_on date,
    p_accounts uuid[], p_amounts bigint[]
) returns uuid language plpgsql security definer set search_path = raaderum, pg_temp as $$
declare
    v_move record;
    v_account record;
begin
    p_tenant := enter_tenant(p_tenant);
    -- Said the positive way round: what is missing (null) must not pass for right.
    if (cardinality(p_accounts) >= 2 and cardinality(p_accounts) = cardinality(p_amounts)
        and (select sum(amount) from unnest(p_amounts) as amount) = 0) is not true then
        raise exception 'a transaction needs at least two lines that sum to zero' using errcode = 'RD003';
    end if;

    insert into ledger_transaction (tenant_id, id, key, kind, subject_id, occurred_on)
    values (p_tenant, p_id, p_key, p_kind, p_subject, p_occurred_on)
    on conflict (tenant_id, key) do nothing;
    if not found then
        return same_transaction(p_tenant, p_key, p_kind, p_subject, p_accounts, p_amounts);
    end if;

    -- Locks are taken in the order of account ids, so that two postings cannot wait for each other.
    for v_move in
        select account, sum(amount)::bigint as amount
        from unnest(p_accounts, p_amounts) as line (account, amount)
        group by account order by account
    loop
        update ledger_account set balance = balance + v_move.amount
        where tenant_id = p_tenant and id = v_move.account
            and guarded and balance + v_move.amount >= 0;
        if found then
            continue;
        end if;
        select guarded, balance into v_account
        from ledger_account where tenant_id = p_tenant and id = v_move.account;
        if v_account is null then
            raise exception 'there is no account %', v_move.account using errcode = 'RD003';
        elsif v_account.guarded then
            raise exception 'the account holds less than that'
                using errcode = 'RD001', detail = v_account.balance::text;
        end if;
    end loop;

    insert into ledger_entry (tenant_id, transaction_id, position, account_id, amount)
    select p_tenant, p_id, position, account, amount
    from unnest(p_accounts, p_amounts) with ordinality as line (account, amount, position);
    return p_id;
end $$;

-- Answer a repeated key: the transaction that was posted under it, if the content is the same.
create function same_transaction(
    p_tenant uuid, p_key text, p_kind text, p_subject uuid, p_accounts uuid[], p_amounts bigint[]
) returns uuid language plpgsql security definer set search_path = raaderum, pg_temp as $$
declare v_posted record;
begin
    select t.id, t.kind, t.subject_id,
        array_agg(e.account_id order by e.position) as accounts,
        array_agg(e.amount order by e.position) as amounts
    into v_posted
    from ledger_transaction t
    join ledger_entry e on e.tenant_id = t.tenant_id and e.transaction_id = t.id
    where t.tenant_id = p_tenant and t.key = p_key
    group by t.id, t.kind, t.subject_id;
    if v_posted.kind is distinct from p_kind or v_posted.subject_id is distinct from p_subject
        or v_posted.accounts is distinct from p_accounts or v_posted.amounts is distinct from p_amounts then
        raise exception 'the key stands for another transaction' using errcode = 'RD002';
    end if;
    return v_posted.id;
end $$;

create function audit_hash(
    p_previous bytea, p_sequence bigint, p_recorded_at timestamptz, p_actor uuid, p_role text, p_event text,
    p_subject_type text, p_subject uuid, p_enrolment uuid, p_detail jsonb
) returns bytea language sql immutable parallel safe set search_path = pg_catalog as $$
    select sha256(p_previous || convert_to(jsonb_build_array(
        p_sequence, to_char(p_recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
        p_actor, p_role, p_event, p_subject_type, p_subject, p_enrolment, p_detail
    )::text, 'UTF8'))
$$;

-- Append acts to the tenant's chain, in the order given. The head's row lock puts writers in line.
create function append_audit(p_tenant uuid, p_entries jsonb) returns bigint
language plpgsql security definer set search_path = raaderum, pg_temp as $$
declare
    v_head audit_head;
    v_entry record;
    v_now timestamptz;
    v_hash bytea;
begin
    p_tenant := enter_tenant(p_tenant);
    insert into audit_head (tenant_id, sequence, hash)
    values (p_tenant, 0, sha256(uuid_send(p_tenant)))
    on conflict (tenant_id) do nothing;
    select * into v_head from audit_head where tenant_id = p_tenant for update;
    v_now := clock_timestamp();
    for v_entry in
        select * from jsonb_to_recordset(p_entries) as entry (
            actor_id uuid, actor_role text, event text, subject_type text, subject_id uuid,
            enrolment_id uuid, detail jsonb
        )
    loop
        v_head.sequence := v_head.sequence + 1;
        v_hash := audit_hash(
            v_head.hash, v_head.sequence, v_now, v_entry.actor_id, v_entry.actor_role, v_entry.event,
            v_entry.subject_type, v_entry.subject_id, v_entry.enrolment_id, v_entry.detail
        );
        insert into audit_entry (
            tenant_id, sequence, recorded_at, actor_id, actor_role, event, subject_type, subject_id,
            enrolment_id, detail, previous_hash, hash
        ) values (
            p_tenant, v_head.sequence, v_now, v_entry.actor_id, v_entry.actor_role, v_entry.event,
            v_entry.subject_type, v_entry.subject_id, v_entry.enrolment_id, v_entry.detail,
            v_head.hash, v_hash
        );
        v_head.hash := v_hash;
    end loop;
    update audit_head set sequence = v_head.sequence, hash = v_head.hash where tenant_id = p_tenant;
    return v_head.sequence;
end $$;

-- Recompute the tenant's whole chain; return the first sequence that does not fit, null where all do.
-- An entry cut from the end, or a head set back, shows as a head that does not point at the end.
create function first_audit_break(p_tenant uuid) returns bigint
language sql stable set search_path = raaderum, pg_temp as $$
    with chain as (
        select *, lag(hash, 1, sha256(uuid_send(p_tenant))) over by_sequence as hash_before,
            row_number() over by_sequence as expected_sequence
        from audit_entry where tenant_id = p_tenant
        window by_sequence as (order by sequence)
    ), breaks as (
        select expected_sequence as sequence from chain
        where sequence <> expected_sequence or previous_hash <> hash_before or hash <> audit_hash(
            previous_hash, sequence, recorded_at, actor_id, actor_role, event, subject_type, subject_id,
            enrolment_id, detail
        )
        union all
        select least(coalesce(head.sequence, 0), coalesce(tail.sequence, 0)) + 1
        from (select sequence, hash from audit_head where tenant_id = p_tenant) as head
        full join (select sequence, hash from chain order by sequence desc limit 1) as tail on true
        where coalesce(head.sequence, 0) <> coalesce(tail.sequence, 0)
            or head.sequence > 0 and head.hash <> tail.hash
    )
    select min(sequence) from breaks
$$;

-- What is written in the books stays.
create function refuse_change() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
    raise exception '% is append-only', tg_table_name using errcode = '42501';
end $$;

-- A paid payout, a finished attempt and a booked refund stay as they are.
create function refuse_thaw() returns trigger language plpgsql set search_path = pg_catalog as $$
begin
    if old.state = any (tg_argv) and old is distinct from new then
        raise exception '% is final and cannot change', tg_table_name using errcode = '42501';
    end if;
    return new;
end $$;
