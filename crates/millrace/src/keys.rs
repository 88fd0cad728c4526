//! The directory `keys/` of a data directory: what must stay secret, and is made once.
//!
//! ```text
//! keys/                    0700
//!   root                   0600   64 hexadecimal digits and a newline: the key all others derive from
//!   tls.pem                0600   the certificate made at first start, written by the door
//!   root-credentials       0600   nonce 12 | AES-256-GCM of "ID\nSECRET\n" | tag 16, under derive("root credentials")
//!   masters                0600   nonce 12 | AES-256-GCM of "1 KEY\n2 KEY\n…", keys as hexadecimal digits | tag 16, under derive("masters")
//! ```
//! Only here does the process write files beside the store, and only when they do not exist: each is written whole under a temporary
//! name, synced, linked to its final name (which never replaces one that is there) and its directory synced. `masters` alone is replaced, by
//! one that holds all it held and a version more.

use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use base::{Random, Secret, hex};
use crypt::{SealKey, derive_key};
use futures_util::future::BoxFuture;

use crate::settings::Credentials;

/// Bytes of the root key: what AES-256 and HMAC-SHA256 take.
const ROOT_KEY_BYTES: usize = 32;
/// Access key ids: `AKIA` and 16 of base 32; secrets: 40 of base 64 (identity facts, section 1).
const ID_ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
/// The file of master keys, and the purpose of the key it is sealed under.
const MASTERS: &str = "masters";
const SECRET_ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Why the keys cannot be had.
#[derive(Debug, thiserror::Error)]
pub(crate) enum KeysError {
    /// The disk said no.
    #[error("cannot use {}: {error}", path.display())]
    Io {
        /// The file or directory.
        path: PathBuf,
        /// What the system said.
        error: io::Error,
    },
    /// The file holds something else than it should.
    #[error("{} is damaged; restore it from a copy", .0.display())]
    Damaged(PathBuf),
}

/// The data directory's keys.
pub(crate) struct Keys {
    /// `None` if nothing is kept.
    dir: Option<PathBuf>,
    root: Secret,
}

/// Credentials, and whether they were made just now (then they are shown, once).
pub(crate) struct RootCredentials {
    /// The credentials.
    pub credentials: Credentials,
    /// Whether nobody has seen them yet.
    pub fresh: bool,
}

impl Keys {
    /// Reads the keys of a data directory, making what is not there. The caller holds the directory's lock.
    pub fn open(data: &Path, random: &Random) -> Result<Self, KeysError> {
        let dir = data.join("keys");
        match DirBuilder::new().mode(0o700).create(&dir) {
            Ok(()) => sync(data)?,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(KeysError::Io { path: dir, error }),
        }
        let path = dir.join("root");
        let text = match read(&path)? {
            Some(text) => text,
            None => {
                let text = format!("{}\n", hex(&random.bytes::<ROOT_KEY_BYTES>())).into_bytes();
                create(&dir, "root", &text)?;
                text
            }
        };
        let root = unhex(&text).ok_or(KeysError::Damaged(path))?;
        Ok(Self { dir: Some(dir), root })
    }

    /// Keys for as long as the process lives.
    pub fn ephemeral(random: &Random) -> Self {
        Self { dir: None, root: Secret::new(random.bytes::<ROOT_KEY_BYTES>()) }
    }

    /// Where the certificate made at first start is kept.
    pub fn certificate(&self) -> door::Certificate {
        match &self.dir {
            Some(dir) => door::Certificate::Kept(dir.join("tls.pem")),
            None => door::Certificate::Ephemeral,
        }
    }

    /// The key that serves one purpose.
    pub fn derive(&self, purpose: &str) -> Secret {
        derive_key(&self.root, purpose)
    }

    /// The credentials made for this directory, or fresh ones. Used where the conventional ones would be no protection.
    pub fn root_credentials(&self, random: &Random) -> Result<RootCredentials, KeysError> {
        const CONTEXT: &[u8] = b"root credentials";
        let Some(dir) = &self.dir else {
            return Ok(RootCredentials { credentials: draw_credentials(random), fresh: true });
        };
        let path = dir.join("root-credentials");
        let key = SealKey::new(&self.derive("root credentials")).expect("a derived key has 32 bytes");
        if let Some(sealed) = read(&path)? {
            let plain = key.open(CONTEXT, &sealed).map_err(|_| KeysError::Damaged(path.clone()))?;
            let credentials = parse_credentials(&plain).ok_or(KeysError::Damaged(path))?;
            return Ok(RootCredentials { credentials, fresh: false });
        }
        let credentials = draw_credentials(random);
        let mut plain = format!("{}\n", credentials.access_key_id).into_bytes();
        plain.extend_from_slice(credentials.secret_access_key.expose());
        plain.push(b'\n');
        create(dir, "root-credentials", &key.seal(random, CONTEXT, &plain))?;
        Ok(RootCredentials { credentials, fresh: true })
    }
}

impl Keys {
    /// The versions of the key that S3 seals objects under, the first one made if there is none.
    pub fn masters(&self, random: &Random) -> Result<s3::Masters, KeysError> {
        let mut versions = self.read_masters()?;
        if versions.is_empty() {
            versions.push(Secret::new(random.bytes::<ROOT_KEY_BYTES>()));
            if let Some(dir) = &self.dir {
                create(dir, MASTERS, &self.seal_masters(&versions, random))?;
            }
        }
        let ring = s3::Masters::new(&versions[0]);
        for (version, key) in (1..).zip(&versions).skip(1) {
            ring.add(version, key);
        }
        Ok(ring)
    }

    /// Adds a version, under which everything is sealed from the next start on. Returns its number.
    pub fn rotate_masters(&self, random: &Random) -> Result<usize, KeysError> {
        // So that there is a first one.
        self.masters(random)?;
        let (version, _) = self.add_master(random)?;
        Ok(version)
    }

    /// Adds a version to those that are kept. Durable when it returns the version's number and key.
    fn add_master(&self, random: &Random) -> Result<(usize, Secret), KeysError> {
        let mut versions = self.read_masters()?;
        let key = Secret::new(random.bytes::<ROOT_KEY_BYTES>());
        versions.push(key.clone());
        if let Some(dir) = &self.dir {
            replace(dir, MASTERS, &self.seal_masters(&versions, random))?;
        }
        Ok((versions.len(), key))
    }

    fn read_masters(&self) -> Result<Vec<Secret>, KeysError> {
        let Some(dir) = &self.dir else { return Ok(Vec::new()) };
        let path = dir.join(MASTERS);
        let Some(sealed) = read(&path)? else { return Ok(Vec::new()) };
        let plain = self.masters_cipher().open(MASTERS.as_bytes(), &sealed);
        let plain = plain.map_err(|_| KeysError::Damaged(path.clone()))?;
        parse_masters(&Secret::new(plain)).ok_or(KeysError::Damaged(path))
    }

    fn seal_masters(&self, versions: &[Secret], random: &Random) -> Vec<u8> {
        let lines =
            (1..).zip(versions).map(|(version, key): (u32, _)| format!("{version} {}\n", hex(key.expose())));
        let plain = Secret::new(lines.collect::<String>());
        self.masters_cipher().seal(random, MASTERS.as_bytes(), plain.expose())
    }

    fn masters_cipher(&self) -> SealKey {
        SealKey::new(&self.derive(MASTERS)).expect("a derived key has 32 bytes")
    }
}

/// Rotates the master keys of a running server: what is written from then on is sealed under the new version, what was stays readable.
#[derive(Clone)]
pub(crate) struct Rotator(Arc<Rotating>);

struct Rotating {
    keys: Keys,
    masters: s3::Masters,
    random: Random,
    /// One at a time: each adds to what the one before left.
    turn: Mutex<()>,
}

impl Rotator {
    /// Over the keys of the directory and the ring that the rooms seal with.
    pub fn new(keys: Keys, masters: s3::Masters, random: Random) -> Self {
        Self(Arc::new(Rotating { keys, masters, random, turn: Mutex::default() }))
    }
}

impl Rotating {
    fn rotate(&self) -> Result<u32, KeysError> {
        let _turn = self.turn.lock().expect("nothing panics while keys are rotated");
        let next = self.masters.current().version + 1;
        let (kept, key) = self.keys.add_master(&self.random)?;
        // Without a directory nothing is kept but the ring.
        let version = if self.keys.dir.is_some() { u32::try_from(kept).unwrap_or(next) } else { next };
        self.masters.add(version, &key);
        tracing::info!(version, "the master key was rotated");
        Ok(version)
    }
}

impl door::RotateKeys for Rotator {
    fn rotate(&self) -> BoxFuture<'_, Result<u32, String>> {
        let rotating = self.0.clone();
        Box::pin(async move {
            // Files are written and synced.
            let done = tokio::task::spawn_blocking(move || rotating.rotate()).await;
            done.map_err(|error| error.to_string())?.map_err(|error| error.to_string())
        })
    }
}

/// Lines of a version and its key; versions count from 1.
fn parse_masters(plain: &Secret) -> Option<Vec<Secret>> {
    let text = std::str::from_utf8(plain.expose()).ok()?;
    let keys = (1_u32..).zip(text.lines()).map(|(version, line)| {
        let key = line.strip_prefix(&format!("{version} "))?;
        unhex(format!("{key}\n").as_bytes())
    });
    keys.collect::<Option<Vec<Secret>>>().filter(|keys| !keys.is_empty())
}

fn draw_credentials(random: &Random) -> Credentials {
    Credentials {
        access_key_id: format!("AKIA{}", random.text(ID_ALPHABET, 16)),
        secret_access_key: Secret::new(random.text(SECRET_ALPHABET, 40)),
    }
}

fn parse_credentials(plain: &[u8]) -> Option<Credentials> {
    let mut lines = plain.split(|byte| *byte == b'\n');
    let access_key_id = String::from_utf8(lines.next()?.to_vec()).ok()?;
    let secret_access_key = Secret::new(lines.next()?);
    Some(Credentials { access_key_id, secret_access_key })
}

fn unhex(text: &[u8]) -> Option<Secret> {
    let digits = std::str::from_utf8(text).ok()?.strip_suffix('\n')?;
    if digits.len() != ROOT_KEY_BYTES * 2 || !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return None;
    }
    let bytes: Option<Vec<u8>> =
        (0..ROOT_KEY_BYTES).map(|at| u8::from_str_radix(&digits[at * 2..at * 2 + 2], 16).ok()).collect();
    bytes.map(Secret::new)
}

fn read(path: &Path) -> Result<Option<Vec<u8>>, KeysError> {
    match std::fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(KeysError::Io { path: path.to_owned(), error }),
    }
}

/// Makes a file that either has all its bytes or is not there, whatever happens on the way.
fn create(dir: &Path, name: &str, bytes: &[u8]) -> Result<(), KeysError> {
    let path = dir.join(name);
    let unfinished = dir.join(format!("{name}.new"));
    let write = || -> io::Result<()> {
        let mut file =
            OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&unfinished)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        std::fs::hard_link(&unfinished, &path)?;
        std::fs::remove_file(&unfinished)
    };
    write().map_err(|error| KeysError::Io { path: path.clone(), error })?;
    sync(dir)
}

/// Puts a file in the place of one that is there: whatever happens on the way, one of the two is there, whole.
#[expect(clippy::disallowed_methods, reason = "keys are files of the binary's own, beside the store")]
fn replace(dir: &Path, name: &str, bytes: &[u8]) -> Result<(), KeysError> {
    let path = dir.join(name);
    let unfinished = dir.join(format!("{name}.new"));
    let write = || -> io::Result<()> {
        let mut file =
            OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&unfinished)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        std::fs::rename(&unfinished, &path)
    };
    write().map_err(|error| KeysError::Io { path: path.clone(), error })?;
    sync(dir)
}

fn sync(dir: &Path) -> Result<(), KeysError> {
    let synced = File::open(dir).and_then(|file| file.sync_all());
    synced.map_err(|error| KeysError::Io { path: dir.to_owned(), error })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    #[test]
    fn keys_are_made_once_and_only_the_owner_may_read_them() {
        let data = tempfile::tempdir().unwrap();
        let first = Keys::open(data.path(), &Random::seeded(1)).unwrap();
        let again = Keys::open(data.path(), &Random::seeded(2)).unwrap();
        assert!(first.derive("tokens") == again.derive("tokens"));
        assert!(first.derive("tokens") != first.derive("rows"));
        let mode =
            |path: &str| std::fs::metadata(data.path().join(path)).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode("keys"), mode("keys/root")), (0o700, 0o600));
    }

    #[test]
    fn credentials_are_fresh_once_and_never_lie_open() {
        let data = tempfile::tempdir().unwrap();
        let random = Random::seeded(1);
        let keys = Keys::open(data.path(), &random).unwrap();
        let first = keys.root_credentials(&random).unwrap();
        let again = keys.root_credentials(&random).unwrap();
        assert!(first.fresh && !again.fresh);
        assert_eq!(first.credentials.access_key_id, again.credentials.access_key_id);
        assert!(first.credentials.secret_access_key == again.credentials.secret_access_key);
        let stored = std::fs::read(data.path().join("keys/root-credentials")).unwrap();
        let secret = first.credentials.secret_access_key.expose();
        assert_eq!(secret.len(), 40);
        assert!(!stored.windows(secret.len()).any(|window| window == secret));
    }

    #[test]
    fn master_keys_are_added_and_stay() {
        let data = tempfile::tempdir().unwrap();
        let random = Random::seeded(1);
        let keys = Keys::open(data.path(), &random).unwrap();
        assert_eq!(keys.masters(&random).unwrap().current().version, 1);
        let first = keys.read_masters().unwrap();
        assert_eq!(keys.rotate_masters(&random).unwrap(), 2);
        let both = Keys::open(data.path(), &random).unwrap().read_masters().unwrap();
        assert!(both.len() == 2 && both[0] == first[0] && both[1] != both[0]);
        assert_eq!(keys.masters(&random).unwrap().current().version, 2);
        let path = data.path().join("keys/masters");
        let stored = std::fs::read(&path).unwrap();
        let digits = hex(both[0].expose());
        for needle in [both[0].expose(), digits.as_bytes()] {
            assert!(!stored.windows(needle.len()).any(|window| window == needle));
        }
        let mut altered = stored;
        altered[20] ^= 1;
        File::create(&path).unwrap().write_all(&altered).unwrap();
        assert!(matches!(keys.masters(&random), Err(KeysError::Damaged(_))));
        assert!(matches!(keys.rotate_masters(&random), Err(KeysError::Damaged(_))));
    }

    #[tokio::test]
    async fn a_running_server_s_keys_are_rotated_at_once_and_for_the_next_start() {
        use door::RotateKeys as _;
        let data = tempfile::tempdir().unwrap();
        let random = Random::seeded(1);
        let keys = Keys::open(data.path(), &random).unwrap();
        let masters = keys.masters(&random).unwrap();
        let rotator = Rotator::new(keys, masters.clone(), random.clone());
        assert_eq!((rotator.rotate().await, rotator.rotate().await), (Ok(2), Ok(3)));
        assert_eq!(masters.current().version, 3);
        let again = Keys::open(data.path(), &random).unwrap();
        assert_eq!(again.masters(&random).unwrap().current().version, 3);
        let fleeting = Keys::ephemeral(&random);
        let masters = fleeting.masters(&random).unwrap();
        let rotator = Rotator::new(fleeting, masters.clone(), random);
        assert_eq!((rotator.rotate().await, rotator.rotate().await), (Ok(2), Ok(3)));
        assert_eq!(masters.current().version, 3);
    }

    #[test]
    fn a_damaged_key_is_refused_not_replaced() {
        let data = tempfile::tempdir().unwrap();
        let random = Random::seeded(1);
        Keys::open(data.path(), &random).unwrap();
        let file = File::options().write(true).open(data.path().join("keys/root")).unwrap();
        file.set_len(10).unwrap();
        assert!(matches!(Keys::open(data.path(), &random), Err(KeysError::Damaged(_))));
    }
}
