-- What the hourly sweep looks for.
create index notification_at on notification.notification (at);
create index delivery_ended on notification.delivery (ended_at) where ended_at is not null;
create index dev_outbox_at on notification.dev_outbox (at);
