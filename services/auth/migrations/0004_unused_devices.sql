-- What the hourly sweep looks for.
create index device_last_seen on auth.device (last_seen_at);
