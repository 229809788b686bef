-- What the hourly sweep looks for.
create index code_issue_newest on auth.code_issue (newest_at);
create index throttle_last on auth.throttle (last_at);
create index too_young_until on auth.too_young (until);
create index refresh_token_expires on auth.refresh_token (expires_at);
