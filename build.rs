//! How the program is linked.
//!
//! A program that the system may load anywhere holds tens of thousands of addresses (of the names of characters that readers of PDF and HTML
//! know, of what clap says of flags) that the loader puts right before anything runs. In the format of ELF each takes 24 bytes of the file beside
//! the eight that are changed; packed as bitmaps (`DT_RELR`, in the generic ABI since 2018) all of them take 20 kB. For one search, which is over
//! in four milliseconds, that is a fifth of the time; `docs/performance.md` has figures.

use std::env;
use std::process::Command;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if loader_reads_packed_addresses() {
        // A linker that does not know of it says that it is ignored, and links as ever.
        println!("cargo::rustc-link-arg-bins=-Wl,-z,pack-relative-relocs");
    }
}

/// Whether the loader of the system that is built for is known to read packed addresses: that of glibc does from 2.36, and an older one refuses
/// the program. What another machine has than that which builds is not known.
fn loader_reads_packed_addresses() -> bool {
    let is = |name: &str, value: &str| env::var(name).is_ok_and(|found| found == value);
    let for_this_machine = env::var("HOST").is_ok_and(|host| is("TARGET", &host));
    for_this_machine
        && is("CARGO_CFG_TARGET_OS", "linux")
        && is("CARGO_CFG_TARGET_ENV", "gnu")
        && is("CARGO_CFG_TARGET_ARCH", "x86_64")
        && glibc().is_some_and(|version| version >= (2, 36))
}

/// The version of this machine's glibc.
fn glibc() -> Option<(u32, u32)> {
    let told = Command::new("getconf").arg("GNU_LIBC_VERSION").output().ok()?.stdout;
    let (major, minor) = str::from_utf8(&told).ok()?.trim().strip_prefix("glibc ")?.split_once('.')?;
    let minor = minor.split('.').next()?;
    Some((major.parse().ok()?, minor.parse().ok()?))
}
