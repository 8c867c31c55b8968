//! How the program is linked.
//!
//! A program that the system may load anywhere holds tens of thousands of addresses (of the names of characters that readers of PDF and HTML
//! know, of what clap says of flags) that the loader puts right before anything runs: nearly three hundred pages of memory are written for that, and
//! for one search, which is over in four milliseconds, that is a quarter of the time (`docs/performance.md` has figures). So on Linux it is loaded where
//! the linker puts it.
//!
//! The price: an attacker who could already overwrite memory would know where the program's own code is. Stack, heap and libraries are still placed by
//! chance, and nothing here is written without the compiler's checks (`unsafe` is forbidden), but some libraries are. Who wants that hardening more than
//! the quarter removes this file.

use std::env;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let is = |name: &str, value: &str| env::var(name).is_ok_and(|found| found == value);
    // What a program begins with that holds all its libraries puts addresses right by itself, and is not linked otherwise.
    let is_static = env::var("CARGO_CFG_TARGET_FEATURE").is_ok_and(|features| features.split(',').any(|feature| feature == "crt-static"));
    if is("CARGO_CFG_TARGET_OS", "linux") && is("CARGO_CFG_TARGET_ENV", "gnu") && !is_static {
        println!("cargo::rustc-link-arg-bins=-Wl,--no-pie");
    }
}
