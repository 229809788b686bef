-- A profile stands as its account does: what was called hidden is locked, as everywhere.
alter table profile.profile drop constraint profile_state_check;
update profile.profile set state = 'locked' where state = 'hidden';
alter table profile.profile add constraint profile_state_check check (state in ('open', 'locked', 'erased'));
