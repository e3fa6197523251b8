-- The limit: the one look-up and the one insert that taking in an invoice cannot do without, on tables
-- of the same shape, keys and indexes, without row security, sealing or audit.

create schema if not exists by_hand;
create table by_hand.purchase (like raaderum.purchase including all);
create table by_hand.inbox_invoice (like raaderum.inbox_invoice including all);
alter table by_hand.inbox_invoice add foreign key (tenant_id, purchase_id)
    references by_hand.purchase (tenant_id, id);
insert into by_hand.purchase select * from raaderum.purchase;

grant usage on schema by_hand to raaderum_app;
grant select, insert on by_hand.purchase, by_hand.inbox_invoice to raaderum_app;
