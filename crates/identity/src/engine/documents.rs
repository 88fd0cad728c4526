//! Policies as IAM takes them, and each parsed once.
//!
//! Many entities share a document (a managed policy on a hundred roles), and a change anywhere in an account makes what is known of its
//! principals stale, but rarely their documents. So parsed documents are kept by the hash of their text and kind.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use policy::{Document, Kind, Malformed};

use super::error::{Error, Result, Why};

/// Documents kept at the same time; when there are more it starts anew.
const KEPT_MAX: usize = 4_096;

impl From<Malformed> for Error {
    fn from(malformed: Malformed) -> Self {
        Error::new(Why::MalformedPolicy, malformed.to_string())
    }
}

/// Refuses what is no inline policy.
pub fn check_identity(text: &str) -> Result<()> {
    Document::parse(text, Kind::Identity)?;
    Ok(())
}

/// Refuses what is no managed policy.
pub fn check_managed(text: &str) -> Result<()> {
    Document::parse(text, Kind::Managed)?;
    Ok(())
}

/// Refuses what is no session policy.
pub fn check_session(text: &str) -> Result<()> {
    Document::parse(text, Kind::Session)?;
    Ok(())
}

/// Parsed documents by the hash of their text.
#[derive(Default)]
pub(crate) struct Documents(Mutex<HashMap<TextKey, Arc<Document>>>);

/// A document's kind and the hash of its text.
type TextKey = (u8, [u8; 32]);

impl Documents {
    /// The document, parsed now unless it was before.
    pub(crate) fn parsed(&self, text: &str, kind: Kind) -> Result<Arc<Document>> {
        let key = (kind as u8, crypt::sha256(text.as_bytes()));
        let kept = self.0.lock().expect("nothing panics while the documents are held").get(&key).cloned();
        if let Some(document) = kept {
            return Ok(document);
        }
        let document = Arc::new(Document::parse(text, kind)?);
        let mut all = self.0.lock().expect("nothing panics while the documents are held");
        if all.len() >= KEPT_MAX {
            all.clear();
        }
        all.insert(key, document.clone());
        Ok(document)
    }
}
