-- What auth told of the people here has the same name in every service.
alter table social.author rename to person;
alter index social.author_pkey rename to person_pkey;
alter table social.person rename constraint author_state_check to person_state_check;
