-- The limit: what somebody would write who needed the posting alone. The same statements on tables of
-- the same shape, keys, checks and indexes, but no row security, no role of its own, no tenant to enter.

create schema if not exists by_hand;
create table by_hand.ledger_account (like raaderum.ledger_account including all) with (fillfactor = 70);
create table by_hand.ledger_transaction (like raaderum.ledger_transaction including all);
create table by_hand.ledger_entry (like raaderum.ledger_entry including all);
alter table by_hand.ledger_entry add foreign key (tenant_id, transaction_id)
    references by_hand.ledger_transaction (tenant_id, id);

create function by_hand.post_transaction(
    p_tenant uuid, p_id uuid, p_key text, p_kind text, p_subject uuid, p_occurred_on date,
    p_accounts uuid[], p_amounts bigint[]
) returns uuid language plpgsql as $$
declare
    v_move record;
    v_account record;
    v_posted uuid;
begin
    if (cardinality(p_accounts) >= 2 and cardinality(p_accounts) = cardinality(p_amounts)
        and (select sum(amount) from unnest(p_amounts) as amount) = 0) is not true then
        raise exception 'a transaction needs at least two lines that sum to zero';
    end if;
    insert into by_hand.ledger_transaction (tenant_id, id, key, kind, subject_id, occurred_on)
    values (p_tenant, p_id, p_key, p_kind, p_subject, p_occurred_on)
    on conflict (tenant_id, key) do nothing;
    if not found then
        select id into v_posted from by_hand.ledger_transaction where tenant_id = p_tenant and key = p_key;
        return v_posted;
    end if;
    for v_move in
        select account, sum(amount)::bigint as amount
        from unnest(p_accounts, p_amounts) as line (account, amount)
        group by account order by account
    loop
        update by_hand.ledger_account set balance = balance + v_move.amount
        where tenant_id = p_tenant and id = v_move.account
            and guarded and balance + v_move.amount >= 0;
        if found then
            continue;
        end if;
        select guarded, balance into v_account
        from by_hand.ledger_account where tenant_id = p_tenant and id = v_move.account;
        if v_account is null then
            raise exception 'there is no account %', v_move.account;
        elsif v_account.guarded then
            raise exception 'the account holds less than that';
        end if;
    end loop;
    insert into by_hand.ledger_entry (tenant_id, transaction_id, position, account_id, amount)
    select p_tenant, p_id, position, account, amount
    from unnest(p_accounts, p_amounts) with ordinality as line (account, amount, position);
    return p_id;
end $$;

-- Not measured: only so that both sides are filled by the same script.
create function by_hand.open_account(
    p_tenant uuid, p_id uuid, p_kind text, p_owner uuid, p_guarded boolean
) returns void language sql as $$
    insert into by_hand.ledger_account (tenant_id, id, kind, owner_id, guarded)
    values (p_tenant, p_id, p_kind, p_owner, p_guarded)
$$;

grant usage on schema by_hand to raaderum_app;
grant select, insert, update on all tables in schema by_hand to raaderum_app;
