//! The program: everything is in the library.

use std::process::ExitCode;

/// Indexing fills hundreds of megabytes and is done with them again and again. This allocator gives back to the system what is free; that of glibc
/// kept 130 MB to the end of a run, through which merging then needs memory of its own. It is also quicker: see `docs/performance.md`.
#[cfg(not(target_env = "msvc"))]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> ExitCode {
    pundit::cli::main()
}
