//! What is reported, and decided of it.

pub mod appeal_case;
pub mod blank_exhibits;
pub mod decide_case;
pub mod report_thing;
pub mod retell_withheld;
pub mod take_case;
pub mod tell_reporters;
