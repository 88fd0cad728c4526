//! Code: where it comes from, where it is kept, where it lies unpacked while it runs.
//!
//! The archive is a blob of the store, counted by every row that names it. What runs is an unpacked copy in the scratch folder, made when it is
//! first needed and removed when no environment or plan uses it any more.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, Weak};

use base::Region;
use body::Body;
use bytes::Bytes;
use ports::Principal;
use store::{BlobGuard, BlobRef, Bounds, Commit};

use super::Engine;
use super::error::{Error, Result, Why};
use super::zip::Archive;
use crate::runtimes::Folder;
use crate::tables::{Code, Configuration};

/// Bytes of an archive (facts section 4.2).
pub const ZIPPED_BYTES_MAX: u64 = 52_428_800;
/// Bytes of all files, layers included.
pub const UNZIPPED_BYTES_MAX: u64 = 262_144_000;

/// Where code comes from.
#[derive(Clone, Debug)]
pub enum Source {
    /// The request.
    Inline(Bytes),
    /// A bucket.
    Object {
        /// The bucket's name.
        bucket: String,
        /// The object's key.
        key: String,
        /// Its version.
        version: Option<String>,
    },
}

/// Code that is stored but not yet named by anything.
#[derive(Debug)]
pub struct NewCode {
    /// What rows say of it.
    pub code: Code,
    bytes: Option<Bytes>,
    _guard: Option<BlobGuard>,
}

impl NewCode {
    /// Makes it part of the commit, named once more than before.
    pub fn count(&self, commit: &mut Commit) {
        let blob = BlobRef(self.code.blob);
        match &self.bytes {
            Some(bytes) => drop(commit.new_blob(blob, bytes.clone())),
            None => drop(commit.count_blob(blob, 1)),
        }
    }
}

const NOT_A_ZIP: &str = "Could not unzip uploaded file. Please check your file, then try to upload again.";

impl Engine {
    /// Takes code in: fetched, checked, stored.
    pub async fn take_code(&self, principal: &Principal, region: &Region, source: Source) -> Result<NewCode> {
        let bytes = match source {
            Source::Inline(bytes) => bytes,
            Source::Object { bucket, key, version } => {
                let object = ports::ObjectRef { bucket, key, version };
                let read = self.objects.read(principal, region, object, ZIPPED_BYTES_MAX).await;
                read.map_err(of_object)?
            }
        };
        if bytes.len() as u64 > ZIPPED_BYTES_MAX {
            let text = format!("Zipped size must be smaller than {ZIPPED_BYTES_MAX} bytes");
            return Err(Error::new(Why::TooLarge, text));
        }
        let judged = bytes.clone();
        let judge = move || -> Result<(u64, String)> {
            let archive = Archive::read(&judged).map_err(|_| Error::invalid(NOT_A_ZIP))?;
            if archive.files() == 0 {
                return Err(Error::invalid("Uploaded file must be a non-empty zip"));
            }
            Ok((archive.unpacked_bytes(), base64_simd::STANDARD.encode_to_string(crypt::sha256(&judged))))
        };
        let judged = tokio::task::spawn_blocking(judge).await.map_err(Error::unavailable)?;
        let (unpacked_bytes, sha256) = judged?;
        check_unpacked(unpacked_bytes)?;
        let mut code = Code { blob: self.random.u128(), bytes: bytes.len() as u64, sha256, unpacked_bytes };
        if bytes.len() <= Bounds::INLINE_BLOB {
            return Ok(NewCode { code, bytes: Some(bytes), _guard: None });
        }
        let (stored, guard) = self.store.put_blob(Body::from(bytes)).await?;
        code.blob = stored.blob.0;
        Ok(NewCode { code, bytes: None, _guard: Some(guard) })
    }

    /// The archive as it was uploaded.
    pub async fn archive(&self, code: &Code) -> Result<Bytes> {
        let body = self.store.get_blob(BlobRef(code.blob), 0..code.bytes).await?;
        body.collect(ZIPPED_BYTES_MAX).await.map_err(Error::unavailable)
    }

    /// The unpacked code, and the unpacked layers over each other.
    pub(super) async fn unpacked(
        &self,
        configuration: &Configuration,
    ) -> Result<(Arc<Folder>, Option<Arc<Folder>>)> {
        let code = self.unpack(std::slice::from_ref(&configuration.code)).await?;
        let layers: Vec<Code> = configuration.layers.iter().map(|layer| layer.code.clone()).collect();
        let layers = if layers.is_empty() { None } else { Some(self.unpack(&layers).await?) };
        Ok((code, layers))
    }

    async fn unpack(&self, archives: &[Code]) -> Result<Arc<Folder>> {
        let names: Vec<u8> = archives.iter().flat_map(|code| code.blob.to_be_bytes()).collect();
        let name = crypt::sha256_hex(&names);
        // One after the other: two that need the same folder make it once.
        let slot = self.folders.slot(&name);
        let mut held = slot.lock().await;
        if let Some(folder) = held.upgrade() {
            return Ok(folder);
        }
        let mut all = Vec::with_capacity(archives.len());
        for code in archives {
            all.push(self.archive(code).await?);
        }
        // A folder of its own each time: the last one of this name may be on its way out.
        let path =
            self.pool.folder(&format!("code-{}-{}", &name[..16], base::hex(&self.random.bytes::<4>())));
        let folder = Folder::new(path.clone());
        let unpack = move || -> Result<()> {
            std::fs::create_dir_all(&path).map_err(Error::unavailable)?;
            for bytes in &all {
                let broken = |error: &dyn std::fmt::Display| Error::new(Why::Code, error.to_string());
                let archive = Archive::read(bytes).map_err(|error| broken(&error))?;
                archive.unpack(&path).map_err(|error| broken(&error))?;
            }
            Ok(())
        };
        tokio::task::spawn_blocking(unpack).await.map_err(Error::unavailable)??;
        *held = Arc::downgrade(&folder);
        Ok(folder)
    }
}

/// Refuses what would be too large unpacked.
pub fn check_unpacked(bytes: u64) -> Result<()> {
    if bytes > UNZIPPED_BYTES_MAX {
        let text = format!("Unzipped size must be smaller than {UNZIPPED_BYTES_MAX} bytes");
        return Err(Error::invalid(text));
    }
    Ok(())
}

fn of_object(error: ports::PortError) -> Error {
    let told = |code: &str, message: &str| {
        Error::invalid(format!(
            "Error occurred while GetObject. S3 Error Code: {code}. S3 Error Message: {message}"
        ))
    };
    match error {
        ports::PortError::NotFound { code, message } | ports::PortError::Invalid { code, message } => {
            told(code, &message)
        }
        ports::PortError::Denied(_) => told("AccessDenied", "Access Denied"),
        ports::PortError::Unavailable(why) => Error::unavailable(why),
    }
}

/// Unpacked folders that are in use, by what is in them.
#[derive(Debug, Default)]
pub(super) struct Folders(Mutex<HashMap<String, Slot>>);

/// A folder while it is used; held while it is made.
type Slot = Arc<tokio::sync::Mutex<Weak<Folder>>>;

impl Folders {
    fn slot(&self, name: &str) -> Slot {
        let mut slots = self.0.lock().expect("nothing panics while the map is held");
        // Slots of folders that are gone, and that nobody makes, are of no use.
        slots.retain(|_, slot| {
            Arc::strong_count(slot) > 1 || slot.try_lock().is_ok_and(|held| held.strong_count() > 0)
        });
        slots.entry(name.to_owned()).or_default().clone()
    }
}
