-- Nobody claims jobs whatever their kind, and the index by kind finds what is due too. The other one tempted plans made while only one
-- kind waited: they read past all of those for every other kind.
drop index kernel.job_due;

-- Each kind of job that waits, found by one step of the index a kind, however many wait.
create view kernel.job_kind as
with recursive kind as (
    (select service, name from kernel.job where state = 'waiting' order by service, name limit 1)
    union all
    select next.service, next.name
      from kind
     cross join lateral (select service, name
                           from kernel.job
                          where state = 'waiting'
                            and (job.service, job.name) > (kind.service, kind.name)
                          order by service, name
                          limit 1) next
)
select service, name from kind;
