-- Workers claim some jobs of each kind: many of one kind that are due must not be read past for another.
create index job_due_by_kind on kernel.job (service, name, run_at) where state = 'waiting';
