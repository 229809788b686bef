-- Who follows somebody is counted aside: each follow that comes or goes leaves a row, and a job folds them into the profile. So
-- followers of one person don't wait for each other, and who reads a count adds what isn't folded yet.
create table profile.count_change (
    id bigint generated always as identity primary key,
    user_id uuid not null,
    followers bigint not null,
    following bigint not null
);
create index count_change_user on profile.count_change (user_id) include (followers, following);

-- A change may be folded before the one it takes back: what is off is found and said by counting again, not by refusing to count.
alter table profile.profile
    drop constraint profile_followers_check,
    drop constraint profile_following_check;
