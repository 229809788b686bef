-- How many follow somebody and how many they follow, kept beside the profile: a profile is read far more often than followed.
alter table profile.profile
    add column followers bigint not null default 0 check (followers >= 0),
    add column following bigint not null default 0 check (following >= 0);
update profile.profile
   set followers = (select count(*) from profile.follow where followee = user_id and active),
       following = (select count(*) from profile.follow where follower = user_id and active);
