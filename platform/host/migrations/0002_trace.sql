-- What a fact or a job is part of: the trace of the request that told or enqueued it (W3C trace context).
alter table kernel.outbox add column trace text;
alter table kernel.job add column trace text;
