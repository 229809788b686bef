-- What auth told of the people here has the same name in every service.
alter table commerce.account rename to person;
alter table commerce.person rename column version to account_version;
alter index commerce.account_pkey rename to person_pkey;
alter table commerce.person rename constraint account_state_check to person_state_check;
