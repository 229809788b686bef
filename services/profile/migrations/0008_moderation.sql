-- What people report, and what moderators decide of it (P8).

-- Something moderators decide: one row for all reports of one thing until it is decided.
create table profile.moderation_case (
    case_id uuid primary key,
    thing text not null check (thing in ('user', 'post', 'product', 'shop')),
    thing_id uuid not null,
    -- Whose it is: told of what is decided against it.
    owner uuid not null,
    state text not null default 'open' check (state in ('open', 'decided', 'appealed', 'closed')),
    -- Counts the decisions, for copies elsewhere, and the reports.
    version bigint not null default 1,
    -- Of the gravest report: 0 can't wait, 2 can.
    priority smallint not null check (priority between 0 and 2),
    -- What it looked like when it was first reported. Read whole and never looked into; blanked once nobody needs it.
    exhibit json,
    opened_at timestamptz not null,
    -- Since when a moderator is waited for: since the first report, or since the appeal.
    waits_since timestamptz not null,
    -- Who works at it, and until when nobody else does.
    assignee uuid,
    assigned_until timestamptz,
    -- When what was shown of it, and said about it, was forgotten.
    blanked_at timestamptz,
    constraint case_is_held_for_a_time check ((assignee is null) = (assigned_until is null)),
    constraint case_is_held_while_it_waits check (assignee is null or state in ('open', 'appealed')),
    constraint case_is_not_ones_own check (assignee <> owner)
);
-- All who report the same thing meet at one case.
create unique index case_open on profile.moderation_case (thing, thing_id) where state = 'open';
create index case_waiting on profile.moderation_case (priority, waits_since, case_id) where state in ('open', 'appealed');
create index case_of_thing on profile.moderation_case (thing, thing_id, case_id desc);
create index case_owner on profile.moderation_case (owner, case_id desc);
create index case_assignee on profile.moderation_case (assignee) where assignee is not null;
create index case_kept on profile.moderation_case (opened_at) where blanked_at is null;

-- Who reported it. Their words are theirs: erased with them, and blanked with the exhibit.
create table profile.report (
    case_id uuid not null references profile.moderation_case,
    reporter uuid not null,
    reason text not null,
    words text not null check (char_length(words) <= 1000),
    reported_at timestamptz not null,
    primary key (case_id, reporter)
);
create index report_reporter on profile.report (reporter, case_id desc);

-- What was decided: first, and after each appeal by somebody else. A reporter's appeal that turns it against the owner leaves them one of
-- their own, so there are three at most. Nobody changes or removes a line.
create table profile.decision (
    case_id uuid not null references profile.moderation_case,
    round smallint not null check (round between 1 and 3),
    moderator uuid not null,
    outcome text not null check (outcome in ('kept', 'warned', 'withheld')),
    -- The rule it breaks.
    reason text,
    -- What the owner is told in the moderator's words.
    statement text not null check (char_length(statement) <= 1000),
    decided_at timestamptz not null,
    primary key (case_id, round),
    constraint decision_by_another unique (case_id, moderator),
    constraint decision_has_its_reason check ((outcome = 'kept') = (reason is null))
);
revoke update, delete on profile.decision from nexgate_profile;

-- Who asked for another look at a decision. The words are theirs, like a reporter's.
create table profile.appeal (
    case_id uuid not null,
    -- Of the decision that is appealed.
    round smallint not null,
    party uuid not null,
    words text not null check (char_length(words) <= 1000),
    appealed_at timestamptz not null,
    primary key (case_id, round),
    foreign key (case_id, round) references profile.decision
);
create index appeal_party on profile.appeal (party);

-- Everything that was done about a case, by whom. Nobody changes or removes a line; it holds ids, and what moderators write to each other.
create table profile.moderation_log (
    entry bigint generated always as identity primary key,
    case_id uuid not null references profile.moderation_case,
    by uuid not null,
    deed text not null check (deed in ('reported', 'took', 'released', 'decided', 'appealed', 'decided_again')),
    note text not null default '' check (char_length(note) <= 1000),
    at timestamptz not null
);
create index moderation_log_case on profile.moderation_log (case_id, entry);
revoke update, delete on profile.moderation_log from nexgate_profile;

-- What decisions make of things, for the services whose they are: a line for each that was ever withheld.
create table profile.withheld (
    thing text not null check (thing in ('user', 'post', 'product', 'shop')),
    thing_id uuid not null,
    -- Counts the changes, for copies elsewhere.
    version bigint not null default 1,
    is_withheld boolean not null,
    primary key (thing, thing_id)
);

-- Somebody who is withheld is there for themselves only. Beside the state, which is the account's.
alter table profile.profile add column withheld boolean not null default false;
