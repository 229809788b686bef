-- Erasing one person, and deleting one notification, looks up what they concern and reads no table as a whole.
create index delivery_notification on notification.delivery (notification) where notification is not null;
create index delivery_about on notification.delivery (about) where about is not null;
create index delivery_code_to on notification.delivery (to_address) where recipient is null;
