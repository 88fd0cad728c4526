//! Virtual MFA devices: a seed that is shown once and kept sealed, and the six digits that it and the time make (TOTP, RFC 6238: SHA-1, steps of
//! thirty seconds).
//!
//! A device is somebody's after two codes in a row were told of it. A code is good once: the device's row says which step was used last, and no earlier
//! one counts again. Codes go by the time that clients share, however far the clock of the domain was moved. Whoever tells wrong ones has to
//! pause, longer each time: three codes of a million count at any time, so that guessing would be a matter of minutes.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Mutex, MutexGuard};
use std::time::Duration;

use base::{AccountId, Timestamp};
use ports::{Principal, PrincipalKind};

use super::entities::{check_tags, find_by_id, merge_tags, remove_tags};
use super::error::{Error, Result, Why};
use super::{Identity, all_rows, limits};
use crate::tables::{EntityRow, Kind, MFA_DEVICES, MfaHolder, MfaRow, NameKey};

/// Seconds that a code counts (RFC 6238, section 5.2).
const STEP_SECS: i64 = 30;
/// Steps by which a device's clock may be ahead or behind.
const DRIFT_STEPS: i64 = 1;
/// Codes are numbers below this.
const CODES: u32 = 1_000_000;
/// Bytes of a seed: 64 letters in base 32, as AWS makes them.
const SEED_BYTES: usize = 40;
/// Wrong codes of a device in a row before a pause.
const FREE_GUESSES: u32 = 5;
/// The first pause. Each wrong code after it doubles it, up to the last.
const PAUSE: (Duration, Duration) = (Duration::from_secs(30), Duration::from_secs(15 * 60));
/// Devices whose wrong codes are counted. Beyond, those whose pause is over are forgotten.
const COUNTED_MAX: usize = 10_000;
const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
/// The name by which the root is told from users, where a call must name one.
pub const ROOT: &str = "root";

/// A device just made.
#[derive(Debug)]
pub struct NewDevice {
    /// Its serial number.
    pub serial: String,
    /// Its seed, in base 32.
    pub seed: String,
}

/// A device as it is shown.
#[derive(Clone, Debug)]
pub struct Device {
    /// Its serial number.
    pub serial: String,
    /// Its row.
    pub row: MfaRow,
    /// The user who has it, if that is a user.
    pub user: Option<EntityRow>,
}

impl Device {
    /// When it became somebody's.
    pub fn enabled(&self) -> Option<Timestamp> {
        self.row.holder.as_ref().map(|_| Timestamp::from_micros(self.row.enabled_micros))
    }

    /// As the user's name stands in listings.
    pub fn user_name(&self) -> Option<String> {
        match (&self.row.holder, &self.user) {
            (None, _) => None,
            (Some(MfaHolder::Root), _) => Some(ROOT.to_owned()),
            (Some(MfaHolder::User(_)), user) => user.as_ref().map(|user| user.name.clone()),
        }
    }
}

/// Wrong codes in a row, by the serial numbers of their devices.
#[derive(Default)]
pub(crate) struct Guesses(Mutex<HashMap<String, Guessed>>);

#[derive(Clone, Copy, Default)]
struct Guessed {
    wrong: u32,
    /// Until then no code counts.
    until: Duration,
}

impl Guesses {
    fn held(&self) -> MutexGuard<'_, HashMap<String, Guessed>> {
        self.0.lock().expect("nothing panics while the guesses are held")
    }

    fn may(&self, serial: &str, now: Duration) -> bool {
        self.held().get(serial).is_none_or(|guessed| guessed.until <= now)
    }

    fn right(&self, serial: &str) {
        self.held().remove(serial);
    }

    fn wrong(&self, serial: &str, now: Duration) {
        let mut all = self.held();
        if all.len() >= COUNTED_MAX {
            all.retain(|_, guessed| guessed.until > now);
        }
        let guessed = all.entry(serial.to_owned()).or_default();
        guessed.wrong = guessed.wrong.saturating_add(1);
        if let Some(over) = guessed.wrong.checked_sub(FREE_GUESSES) {
            guessed.until = now + PAUSE.0.saturating_mul(1 << over.min(10)).min(PAUSE.1);
        }
    }
}

/// The serial number of a device: its ARN.
fn serial_of(account: AccountId, path: &str, name: &str) -> String {
    format!("arn:aws:iam::{account}:mfa{path}{name}")
}

fn not_found(serial: &str) -> Error {
    Error::new(Why::NoSuchEntity, format!("VirtualMFADevice with serial number {serial} doesn't exist."))
}

/// The key of the device with this serial number.
fn key(account: AccountId, serial: &str) -> Result<NameKey> {
    let own = format!("arn:aws:iam::{account}:mfa");
    let name = serial.strip_prefix(&own).filter(|name| name.starts_with('/'));
    name.map(|name| NameKey::new(account, name)).ok_or_else(|| not_found(serial))
}

fn base32(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(5) * 8);
    for chunk in bytes.chunks(5) {
        let number = (0..5).fold(0_u64, |number, at| number << 8 | u64::from(*chunk.get(at).unwrap_or(&0)));
        let letters = (chunk.len() * 8).div_ceil(5);
        text.extend((0..letters).map(|at| char::from(BASE32[(number >> (35 - 5 * at) & 31) as usize])));
    }
    text
}

/// The code of a step.
fn code_of(seed: &[u8], step: i64) -> String {
    let digest = crypt::hmac_sha1(seed, &step.to_be_bytes());
    let start = usize::from(digest[19] & 15);
    let word: [u8; 4] = digest[start..start + 4]
        .try_into()
        .expect("there are twenty bytes, and it begins at fifteen at most");
    format!("{:06}", (u32::from_be_bytes(word) & 0x7fff_ffff) % CODES)
}

fn step_at(time: Timestamp) -> i64 {
    time.as_secs().div_euclid(STEP_SECS)
}

fn is_code(seed: &[u8], step: i64, code: &str) -> bool {
    crypt::same(code_of(seed, step).as_bytes(), code.as_bytes())
}

fn wrong_code() -> Error {
    Error::new(Why::WrongCode, "Authentication code for device is not valid.")
}

impl Identity {
    fn opened_seed(&self, serial: &str, sealed: &[u8]) -> Result<Vec<u8>> {
        let opened = self.seal.open(format!("mfa {serial}").as_bytes(), sealed);
        opened.map_err(|error| Error::new(Why::Unavailable, error.to_string()))
    }

    /// Makes a device, which is nobody's.
    pub async fn create_device(
        &self,
        account: AccountId,
        path: Option<String>,
        name: String,
        tags: BTreeMap<String, String>,
    ) -> Result<NewDevice> {
        check_tags(&tags)?;
        let path = path.unwrap_or_else(|| "/".to_owned());
        let serial = serial_of(account, &path, &name);
        let at = key(account, &serial)?;
        let mut draft = self.draft(account).await?;
        if MFA_DEVICES.get(&*draft.snapshot, &at).await?.is_some() {
            let text = "MFADevice entity at the same path and name already exists.";
            return Err(Error::new(Why::AlreadyExists, text));
        }
        if self.devices(account).await?.len() >= limits::DEVICES_MAX {
            return Err(Error::quota("VirtualMFADevicesPerAccount", limits::DEVICES_MAX));
        }
        let seed: [u8; SEED_BYTES] = self.random.bytes();
        let row = MfaRow {
            name,
            path,
            created_micros: draft.now.as_micros(),
            seed: self.seal.seal(&self.random, format!("mfa {serial}").as_bytes(), &seed),
            holder: None,
            enabled_micros: 0,
            step: 0,
            tags,
        };
        draft.put(MFA_DEVICES, &at, &row);
        draft.done().await?;
        Ok(NewDevice { serial, seed: base32(&seed) })
    }

    /// All devices, by path and name.
    pub async fn devices(&self, account: AccountId) -> Result<Vec<Device>> {
        let range = MFA_DEVICES.prefix(|key| _ = key.u64(account.as_u64()));
        let mut devices = Vec::new();
        for (_, row) in all_rows(&*self.store, MFA_DEVICES, range).await? {
            devices.push(self.shown_device(account, row).await?);
        }
        Ok(devices)
    }

    async fn shown_device(&self, account: AccountId, row: MfaRow) -> Result<Device> {
        let user = match &row.holder {
            Some(MfaHolder::User(id)) => {
                find_by_id(&*self.store.snapshot(), id).await?.map(|(_, _, user)| user)
            }
            Some(MfaHolder::Root) | None => None,
        };
        Ok(Device { serial: serial_of(account, &row.path, &row.name), row, user })
    }

    /// The device with this serial number.
    pub async fn device(&self, account: AccountId, serial: &str) -> Result<Device> {
        let row = MFA_DEVICES.get(&*self.store.snapshot(), &key(account, serial)?).await?;
        self.shown_device(account, row.ok_or_else(|| not_found(serial))?.value).await
    }

    /// The devices of a user, or of the root.
    pub async fn devices_of(&self, account: AccountId, holder: &MfaHolder) -> Result<Vec<Device>> {
        let mut devices = self.devices(account).await?;
        devices.retain(|device| device.row.holder.as_ref() == Some(holder));
        Ok(devices)
    }

    /// Whom a call about a device means by a name: a user, or the root where it is the root that calls and no user has its name.
    pub async fn holder_named(&self, account: AccountId, name: &str, by_root: bool) -> Result<MfaHolder> {
        match self.entity(account, Kind::User, name).await {
            Ok(user) => Ok(MfaHolder::User(user.id)),
            Err(error) if error.why == Why::NoSuchEntity && by_root && name == ROOT => Ok(MfaHolder::Root),
            Err(error) => Err(error),
        }
    }

    async fn change_device(
        &self,
        account: AccountId,
        serial: &str,
        change: impl FnOnce(&mut MfaRow) -> Result<()>,
    ) -> Result<()> {
        let at = key(account, serial)?;
        let mut draft = self.draft(account).await?;
        let row = MFA_DEVICES.get(&*draft.snapshot, &at).await?;
        let mut row = row.ok_or_else(|| not_found(serial))?.value;
        change(&mut row)?;
        draft.put(MFA_DEVICES, &at, &row);
        draft.done().await
    }

    /// The later of two steps in a row that have these codes, and that count now: neither was used before.
    fn two_steps(&self, serial: &str, row: &MfaRow, codes: [&str; 2]) -> Result<i64> {
        let seed = self.opened_seed(serial, &row.seed)?;
        let now = step_at(self.clock.wall());
        let mut steps = now - DRIFT_STEPS - 1..=now + DRIFT_STEPS;
        let first = steps.find(|step| {
            *step > row.step && is_code(&seed, *step, codes[0]) && is_code(&seed, step + 1, codes[1])
        });
        first.map(|first| first + 1).ok_or_else(wrong_code)
    }

    /// Makes a device somebody's.
    pub async fn enable_device(
        &self,
        account: AccountId,
        serial: &str,
        holder: MfaHolder,
        codes: [&str; 2],
    ) -> Result<()> {
        if self.devices_of(account, &holder).await?.len() >= limits::DEVICES_PER_USER_MAX {
            return Err(Error::quota("MFADevicesPerUser", limits::DEVICES_PER_USER_MAX));
        }
        let now = self.clock.now().cut_to_secs();
        self.change_device(account, serial, |row| {
            if row.holder.is_some() {
                return Err(Error::new(Why::AlreadyExists, "MFA Device is already in use."));
            }
            row.step = self.two_steps(serial, row, codes)?;
            (row.holder, row.enabled_micros) = (Some(holder), now.as_micros());
            Ok(())
        })
        .await
    }

    /// Takes two codes of a device whose clock was set right. How far it was off is not kept: codes count within a step of our time.
    pub async fn resync_device(
        &self,
        account: AccountId,
        serial: &str,
        holder: &MfaHolder,
        codes: [&str; 2],
    ) -> Result<()> {
        self.change_device(account, serial, |row| {
            check_holder(row, holder)?;
            row.step = self.two_steps(serial, row, codes)?;
            Ok(())
        })
        .await
    }

    /// Makes a device nobody's.
    pub async fn deactivate_device(
        &self,
        account: AccountId,
        serial: &str,
        holder: &MfaHolder,
    ) -> Result<()> {
        self.change_device(account, serial, |row| {
            check_holder(row, holder)?;
            row.holder = None;
            Ok(())
        })
        .await
    }

    /// Removes a device that is nobody's.
    pub async fn delete_device(&self, account: AccountId, serial: &str) -> Result<()> {
        let at = key(account, serial)?;
        let mut draft = self.draft(account).await?;
        let row = MFA_DEVICES.get(&*draft.snapshot, &at).await?.ok_or_else(|| not_found(serial))?;
        if row.value.holder.is_some() {
            let text = "MFA VirtualDevice in use. Must deactivate first.";
            return Err(Error::new(Why::DeleteConflict, text));
        }
        draft.delete(MFA_DEVICES, &at);
        draft.done().await
    }

    /// Adds tags to a device.
    pub async fn tag_device(
        &self,
        account: AccountId,
        serial: &str,
        tags: BTreeMap<String, String>,
    ) -> Result<()> {
        check_tags(&tags)?;
        self.change_device(account, serial, |row| merge_tags(&mut row.tags, tags)).await
    }

    /// Takes tags from a device.
    pub async fn untag_device(&self, account: AccountId, serial: &str, keys: &[String]) -> Result<()> {
        self.change_device(account, serial, |row| {
            remove_tags(&mut row.tags, keys);
            Ok(())
        })
        .await
    }

    /// Whether a code is one that counts now, of this device, and the device is the principal's. It counts once.
    pub async fn take_code(&self, principal: &Principal, serial: &str, code: &str) -> Result<bool> {
        let holder = match &principal.kind {
            PrincipalKind::Root => MfaHolder::Root,
            PrincipalKind::User { id, .. } => MfaHolder::User(id.clone()),
            PrincipalKind::Role { .. }
            | PrincipalKind::Federated { .. }
            | PrincipalKind::Service { .. }
            | PrincipalKind::Anonymous => return Ok(false),
        };
        let monotonic = self.clock.monotonic();
        let mut guessed = false;
        let taken = self
            .change_device(principal.account, serial, |row| {
                check_holder(row, &holder)?;
                if !self.guesses.may(serial, monotonic) {
                    return Err(wrong_code());
                }
                guessed = true;
                let seed = self.opened_seed(serial, &row.seed)?;
                let now = step_at(self.clock.wall());
                let mut steps = now - DRIFT_STEPS..=now + DRIFT_STEPS;
                let step = steps.find(|step| *step > row.step && is_code(&seed, *step, code));
                row.step = step.ok_or_else(wrong_code)?;
                Ok(())
            })
            .await;
        match &taken {
            Ok(()) => self.guesses.right(serial),
            Err(error) if guessed && error.why == Why::WrongCode => self.guesses.wrong(serial, monotonic),
            Err(_) => {}
        }
        match taken {
            Ok(()) => Ok(true),
            Err(error) if matches!(error.why, Why::WrongCode | Why::NoSuchEntity) => Ok(false),
            Err(error) => Err(error),
        }
    }
}

fn check_holder(row: &MfaRow, holder: &MfaHolder) -> Result<()> {
    if row.holder.as_ref() == Some(holder) {
        return Ok(());
    }
    let text = "MFA Device invalid for user.";
    Err(Error::new(Why::NoSuchEntity, text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_the_rfc() {
        // RFC 6238, appendix B, the last six of its eight digits.
        let seed = b"12345678901234567890";
        for (secs, code) in [(59, "287082"), (1_111_111_109, "081804"), (20_000_000_000, "353130")] {
            assert_eq!(code_of(seed, step_at(Timestamp::from_secs(secs))), code);
        }
    }

    #[test]
    fn whoever_guesses_has_to_pause_longer_each_time() {
        let guesses = Guesses::default();
        let mut now = Duration::ZERO;
        for _ in 0..FREE_GUESSES {
            assert!(guesses.may("d", now));
            guesses.wrong("d", now);
        }
        assert!(!guesses.may("d", now) && guesses.may("other", now));
        now += PAUSE.0;
        assert!(guesses.may("d", now));
        guesses.wrong("d", now);
        assert!(!guesses.may("d", now + PAUSE.0));
        for _ in 0..100 {
            guesses.wrong("d", now);
        }
        assert!(guesses.may("d", now + PAUSE.1));
        guesses.right("d");
        assert!(guesses.may("d", now));
    }

    #[test]
    fn seeds_are_written_in_base_32() {
        // RFC 4648, section 10, without its padding.
        for (bytes, text) in [("f", "MY"), ("fo", "MZXQ"), ("foob", "MZXW6YQ"), ("foobar", "MZXW6YTBOI")] {
            assert_eq!(base32(bytes.as_bytes()), text);
        }
    }
}
