//! Telling again, work on a clock, and for later.

use host::{Here, Tx};
use kernel::{Fault, Id, User};

use crate::ops::{
    self,
    change_privacy::SettleRequests,
    faces::show_portrait::SettlePortrait,
    fold_counts::Recount,
    moderation::{retell_withheld::Told, tell_reporters::TellReporters},
    trust::judge_sellers::Judge,
};

pub async fn retell_profiles(tx: &mut Tx, after: Option<Id<User>>) -> Result<Option<Id<User>>, Fault> {
    ops::retell_profiles::page_in(tx, after).await
}

pub async fn retell_ties(tx: &mut Tx, after: Option<(Id<User>, Id<User>)>) -> Result<Option<(Id<User>, Id<User>)>, Fault> {
    ops::ties::retell_ties::page_in(tx, after).await
}

pub async fn retell_withheld(tx: &mut Tx, after: Option<Told>) -> Result<Option<Told>, Fault> {
    ops::moderation::retell_withheld::page_in(tx, after).await
}

pub async fn fold_counts(here: Here) -> Result<(), Fault> {
    ops::fold_counts::fold_counts(&here).await
}

pub async fn begin_recount(here: Here) -> Result<(), Fault> {
    ops::fold_counts::begin_recount(&here).await
}

pub async fn recount(here: Here, job: Recount) -> Result<(), Fault> {
    ops::fold_counts::recount(&here, &job).await
}

pub async fn judge_due(here: Here) -> Result<(), Fault> {
    ops::trust::judge_sellers::judge_due(&here).await
}

pub async fn judge(here: Here, job: Judge) -> Result<(), Fault> {
    ops::trust::judge_sellers::judge(&here, &job).await
}

pub async fn sweep(here: Here) -> Result<(), Fault> {
    ops::sweep::sweep(&here).await
}

pub async fn settle_portrait(here: Here, job: SettlePortrait) -> Result<(), Fault> {
    ops::faces::show_portrait::settle_portrait(&here, &job).await
}

pub async fn settle_requests(here: Here, job: SettleRequests) -> Result<(), Fault> {
    ops::change_privacy::settle_requests(&here, &job).await
}

pub async fn tell_reporters(here: Here, job: TellReporters) -> Result<(), Fault> {
    ops::moderation::tell_reporters::tell_reporters(&here, &job).await
}

pub async fn blank_exhibits(here: Here) -> Result<(), Fault> {
    ops::moderation::blank_exhibits::blank_exhibits(&here).await
}

pub async fn forget_petitions(here: Here) -> Result<(), Fault> {
    ops::petitions::forget_petitions::forget_petitions(&here).await
}

pub async fn reseal_documents(here: Here) -> Result<(), Fault> {
    ops::petitions::seal::reseal_documents(&here).await
}
