-- What failed is looked at every few seconds, and what is old is deleted every hour: neither may read all that was ever heard.
-- Each takes one pass over its table, during which nothing is written there.
create index inbox_failed on kernel.inbox (state, at) where state <> 'done';
create index inbox_done on kernel.inbox (at) where state = 'done';
create index job_failed on kernel.job (state) where state = 'parked' or reason is not null;
