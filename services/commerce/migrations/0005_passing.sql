-- What the hourly sweep looks for.
create index checkout_ended on commerce.checkout (expires_at) where state in ('cancelled', 'expired');
create index checkout_paid_address on commerce.checkout (expires_at) where state = 'paid' and address is not null;
