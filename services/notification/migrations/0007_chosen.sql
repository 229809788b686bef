-- In which language somebody wants to be written to, and where they are, as profile tells it; null where they haven't said.
alter table notification.person
    add column chosen_locale text check (chosen_locale in ('en', 'sw')),
    add column time_zone text;
