-- The one service a fact is told to, where it repeats what the others have kept (`facts retell`).
alter table kernel.outbox add column only_for text;
