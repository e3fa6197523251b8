-- The answer to a shop that waits: one call, which sets the tenant, keeps the question, looks at the card,
-- places the hold and writes down why. It belongs to the role of the books, since it posts.
--
-- The same event gets the same answer. The row of the card account puts all that moves the card's money
-- in line; the posting function's own guard stands behind it. `p_ids` are new ids: of the kept event, the
-- payment, the fact, the posting and the work. An approval can be below `p_amount` only where `p_partial`.
create function decide_card_authorisation(
    p_tenant uuid, p_issuer text, p_event text, p_card text, p_payment text, p_amount bigint,
    p_partial boolean, p_merchant text, p_category text, p_city text, p_asked_at timestamptz, p_today date,
    p_ids uuid[], out approved bigint, out reason text
) language plpgsql security definer set search_path = raaderum, pg_temp as $$
declare
    v_card record;
    v_account record;
    v_free bigint;
    v_held_account uuid;
    v_card_account uuid;
    v_paid uuid;
begin
    p_tenant := enter_tenant(p_tenant);
    approved := 0;
    insert into provider_event (tenant_id, id, provider, event_id, kind, received_at, state, outcome, processed_at)
    values (p_tenant, p_ids[1], p_issuer, p_event, 'asked', clock_timestamp(), 'done', 'answered', clock_timestamp())
    on conflict (tenant_id, provider, event_id) do nothing;
    if not found then
        select f.amount, f.reason into approved, reason
        from card_fact f join card_payment p on p.tenant_id = f.tenant_id and p.id = f.payment_id
        where f.tenant_id = p_tenant and f.event_id = p_event and p.issuer = p_issuer and f.kind = 'asked';
        approved := coalesce(approved, 0);
        reason := coalesce(reason, 'card_unknown');
        return;
    end if;

    select c.id, c.enrolment_id, c.single_use into v_card
    from card c where c.tenant_id = p_tenant and c.issuer = p_issuer and c.reference = p_card;
    if not found then
        reason := 'card_unknown';
        update provider_event set state = 'set_aside', outcome = 'card_unknown'
        where tenant_id = p_tenant and id = p_ids[1];
        return;
    end if;
    select * into v_account from card_account
    where tenant_id = p_tenant and id = v_card.enrolment_id for update;

    -- Read after the lock: what was changed while we waited counts.
    select balance, id into v_free, v_card_account from ledger_account
    where tenant_id = p_tenant and owner_id = v_card.enrolment_id and kind = 'card';
    select id into v_held_account from ledger_account
    where tenant_id = p_tenant and owner_id = v_card.enrolment_id and kind = 'card_held';
    select case
        when coalesce(c.wanted_state, c.state) = 'paused' then 'card_paused'
        when coalesce(c.wanted_state, c.state) = 'closed' then 'card_closed'
        when c.state <> 'active' then 'card_not_active'
        when v_card.single_use and exists (
            select from card_payment p where p.tenant_id = p_tenant and p.card_id = v_card.id
                and p.reference <> p_payment and (p.held > 0 or p.captured > 0)
        ) then 'card_used'
        when e.state <> 'active' then 'case_not_active'
        when e.started_on is null or p_today < e.started_on or e.ends_on is null or p_today > e.ends_on
            then 'period_over'
        when exists (
            select from course_change p where p.tenant_id = p_tenant and p.enrolment_id = e.id
                and p.kind = 'pause' and p_today between p.from_on and p.until_on
        ) then 'course_paused'
        when v_account.locked_because is not null then 'receipts_missing'
        when p_category = any (v_account.blocked_categories) then 'category_blocked'
        when (cardinality(v_account.allowed_categories) > 0 or cardinality(v_account.merchant_words) > 0)
            and not p_category = any (v_account.allowed_categories)
            and not exists (
                select from unnest(v_account.merchant_words) as word
                where strpos(lower(p_merchant), lower(word)) > 0
            ) then 'not_in_plan'
        when p_amount > v_account.per_payment then 'above_per_payment'
        when p_amount <= coalesce(v_free, 0) then 'approved'
        when p_partial and v_free > 0 then 'approved_partly'
        else 'not_enough_money'
    end into reason
    from card c join enrolment e on e.tenant_id = c.tenant_id and e.id = c.enrolment_id
    where c.tenant_id = p_tenant and c.id = v_card.id;
    approved := case reason when 'approved' then p_amount when 'approved_partly' then v_free else 0 end;

    insert into card_payment (
        tenant_id, id, enrolment_id, card_id, issuer, reference, merchant_name, merchant_category,
        merchant_city, asked, approved, reason, on_card, state, held, first_at, last_at
    ) values (
        p_tenant, p_ids[2], v_card.enrolment_id, v_card.id, p_issuer, p_payment, p_merchant, p_category,
        p_city, p_amount, approved, reason, v_free, case
            when approved > 0 then 'held' when reason = 'approved' then 'released' else 'declined'
        end, approved,
        p_asked_at, p_asked_at
    )
    on conflict (tenant_id, issuer, reference) do update set
        asked = card_payment.asked + excluded.asked, approved = card_payment.approved + excluded.approved,
        held = card_payment.held + excluded.held, reason = excluded.reason,
        on_card = excluded.on_card,
        merchant_name = excluded.merchant_name, merchant_category = excluded.merchant_category,
        merchant_city = excluded.merchant_city,
        first_at = least(card_payment.first_at, excluded.first_at),
        last_at = greatest(card_payment.last_at, excluded.last_at),
        state = case when card_payment.state = 'declined' then excluded.state else card_payment.state end
    returning id into v_paid;
    insert into card_fact (tenant_id, id, payment_id, event_id, kind, occurred_at, amount, is_open, reason)
    values (p_tenant, p_ids[3], v_paid, p_event, 'asked', p_asked_at, approved, reason in ('approved', 'approved_partly'), reason);
    if approved > 0 then
        perform post_transaction(
            p_tenant, p_ids[4], 'card-hold:' || p_ids[3], 'hold', v_paid, p_today,
            array[v_card_account, v_held_account], array[-approved, approved]
        );
    elsif reason <> 'approved' then
        insert into outbox_work (tenant_id, id, queue, kind, subject_id, created_at, due_at, tries)
        values (p_tenant, p_ids[5], 'money', 'card.tell_declined', p_ids[3], clock_timestamp(), now(), 0);
    end if;
end $$;
