//! What of the machine a sandbox sees, and where.

use std::path::{Path, PathBuf};

/// Folders of the machine that programs need; what is a link there is a link here (`/bin` → `usr/bin`).
const SYSTEM: &[&str] =
    &["/usr", "/bin", "/sbin", "/lib", "/lib64", "/lib32", "/nix/store", "/opt/python", "/opt/node"];
/// What of `/etc` has no secrets and is needed to find names, certificates, libraries and time zones.
const ETC: &[&str] = &[
    "alternatives",
    "ca-certificates",
    "crypto-policies",
    "group",
    "host.conf",
    "hosts",
    "ld.so.cache",
    "ld.so.conf",
    "ld.so.conf.d",
    "localtime",
    "mime.types",
    "nsswitch.conf",
    "os-release",
    "passwd",
    "pki",
    "protocols",
    "resolv.conf",
    "services",
    "ssl",
    "timezone",
];

/// Files and folders to be shown, and links to be made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// Where they are, and where they are seen.
    pub binds: Vec<(PathBuf, PathBuf)>,
    /// Links, and what they point to.
    pub links: Vec<(PathBuf, PathBuf)>,
}

impl Layout {
    /// What every sandbox of this machine sees.
    pub fn system() -> Self {
        let mut layout = Self::default();
        for path in SYSTEM.iter().map(Path::new) {
            match std::fs::read_link(path) {
                Ok(target) => layout.links.push((path.to_owned(), target)),
                Err(_) => layout.show(path),
            }
        }
        for name in ETC {
            layout.show(&Path::new("/etc").join(name));
        }
        layout
    }

    /// Shows a file or folder where it is, if it is there and not seen already.
    pub fn show(&mut self, path: &Path) {
        let is_seen = self.binds.iter().any(|(_, to)| path.starts_with(to));
        let is_there = path.exists() && path.is_absolute() && path != Path::new("/");
        if is_there && !is_seen {
            self.binds.push((path.to_owned(), path.to_owned()));
        }
    }

    /// Shows a folder somewhere else.
    pub fn show_at(&mut self, path: &Path, at: &str) {
        self.binds.push((path.to_owned(), PathBuf::from(at)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_lies_in_a_folder_that_is_seen_is_not_shown_twice() {
        let mut layout = Layout::default();
        layout.show(Path::new("/usr"));
        layout.show(Path::new("/usr/bin"));
        layout.show(Path::new("/"));
        assert_eq!(layout.binds.len(), 1);
    }
}
