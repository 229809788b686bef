//! Says what is missing where style and script haven't been built: `include_bytes!` would only name a file.

use std::path::Path;

fn main() {
    println!("cargo::rerun-if-changed=web/dist/app.js");
    if !Path::new("web/dist/app.js").exists() {
        println!("cargo::error=style and script are missing: run `cargo xtask web`");
    }
}
