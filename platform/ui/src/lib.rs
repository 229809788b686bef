//! How Nexgate looks: one layout, one way to fill in a form, one way to say no, in the reader's language.
//!
//! A service's `web/` door has templates that extend `layout.html`, words in `templates/pages.{en,sw}.ftl`, and handlers that take
//! a [`Shell`]:
//!
//! ```ignore
//! ui::words!(Words);
//! type Shell = ui::Shell<Words>;
//!
//! #[derive(Template)]
//! #[template(path = "wallet.html")]
//! struct WalletPage { shell: Shell, wallet: WalletView }
//!
//! async fn wallet(shell: Shell, State(here): State<Here>) -> Answer<Page<WalletPage>> { .. }
//! ```

mod assets;
mod chosen;
mod csrf;
mod face;
mod flash;
mod form;
mod page;
mod picture;
mod reader;
mod refusal;
mod say;
mod shell;
mod welcome;
mod words;
mod wrong;

pub use askama;
pub use chosen::{Chosen, One, media_ids};
pub use csrf::guard;
pub use face::pages;
pub use form::{Form, MoneyForm, OnceForm, Pressed, amount};
pub use page::Page;
pub use picture::{Offered, Room, preview};
pub use reader::Reader;
pub use shell::{Shell, inner, path, up};
pub use words::{Language, Words};
pub use wrong::{Wrong, again};
