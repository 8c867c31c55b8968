//! The folders in which users keep what is their own.

use std::ffi::OsString;
use std::path::PathBuf;

/// The user's home.
pub(super) fn home() -> Option<PathBuf> {
    std::env::home_dir().filter(|home| home.is_absolute())
}

/// The folder of the user's own settings, actors among them.
pub(super) fn config() -> Option<PathBuf> {
    folder(std::env::var_os("XDG_CONFIG_HOME"), home(), ".config")
}

/// The folder of what can be made again.
pub(super) fn cache() -> Option<PathBuf> {
    folder(std::env::var_os("XDG_CACHE_HOME"), home(), ".cache")
}

/// Our folder in the one that a variable names, or else in `usual` of the user's home. By the rule for such variables (the XDG base directory
/// specification) one that is empty or names no absolute path counts as unset: it would mean whatever folder one happens to be in.
fn folder(named: Option<OsString>, home: Option<PathBuf>, usual: &str) -> Option<PathBuf> {
    let named = named.map(PathBuf::from).filter(|folder| folder.is_absolute());
    Some(named.or_else(|| home.map(|home| home.join(usual)))?.join("pundit"))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    #[test]
    fn only_an_absolute_path_is_a_folder_of_the_user() {
        let home = std::env::temp_dir();
        let other = home.join("settings");
        let usual = Some(home.join(".config/pundit"));
        let found = |named: Option<&Path>| folder(named.map(|named| named.as_os_str().to_owned()), Some(home.clone()), ".config");
        assert_eq!(found(Some(&other)), Some(other.join("pundit")));
        for named in [None, Some(Path::new("")), Some(Path::new("settings")), Some(Path::new("./settings"))] {
            assert_eq!(found(named), usual, "{named:?}");
        }
        assert_eq!(folder(Some("settings".into()), None, ".config"), None);
    }
}
