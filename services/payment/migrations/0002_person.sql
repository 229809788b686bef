-- What auth told of the people here has the same name in every service.
alter table payment.holder rename to person;
alter index payment.holder_pkey rename to person_pkey;
alter table payment.person rename constraint holder_state_check to person_state_check;
