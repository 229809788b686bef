-- Run by the owner before a service's own migrations; `{service}` is its name.
-- Roles belong to the whole cluster, so another database may have made this one already, even at this moment.
do $$
begin
    create role nexgate_{service} nologin;
exception
    when duplicate_object or unique_violation then null;
end
$$;
do $$
begin
    execute format('grant nexgate_{service} to %I', current_user);
exception
    when unique_violation or internal_error then null;
end
$$;
create schema if not exists {service};
grant usage on schema {service}, kernel to nexgate_{service};
alter default privileges in schema {service} grant select, insert, update, delete on tables to nexgate_{service};
alter default privileges in schema {service} grant usage on sequences to nexgate_{service};
grant insert on kernel.outbox, kernel.job to nexgate_{service};
grant usage on sequence kernel.outbox_seq_seq to nexgate_{service};
grant select, insert, update, delete on kernel.idempotency to nexgate_{service};
grant select, insert, update on kernel.inbox to nexgate_{service};
