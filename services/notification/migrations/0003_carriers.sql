-- A carrier may say "later": how often it did, with its last reason in `reason` while the message waits.
alter table notification.delivery add column tries integer not null default 0;

-- In development mode a message is shown once, however often its carrier is asked.
alter table notification.dev_outbox add column delivery uuid;
alter table notification.dev_outbox add constraint dev_outbox_once unique (delivery);
