//! Material that comes from outside: wrapped under a key pair that was made for it, within a day.
//!
//! ```text
//! import token   AES-256-GCM under derive("kms", "imports"), nonce in front, of minicbor of [`Token`]; context "import" 0x00, key ARN
//! ```
//! The token holds the private key of the pair, so nothing has to be remembered, and an import that never comes leaves nothing behind.

use base::{Secret, Timestamp, hex};
use crypt::{KeyPair, Oaep, PairKind, unwrap_key};
use minicbor::{Decode, Encode};
use std::time::Duration;

use super::lifecycle::heavy;
use super::material::Material;
use super::regions::check_not_replica;
use super::rotation::{next_number, pending};
use super::state::Wanted;
use super::{Error, Kms};
use crate::tables::{KeyRef, KeyRow, MaterialRow, Spec};

/// How long a token is good for (AWS).
const TOKEN_LIFE: Duration = Duration::from_secs(86_400);
/// How far ahead material may expire (AWS: 365 days).
const VALID_DAYS_MAX: u64 = 365;
/// What every token is authenticated with, before the ARN of its key.
const TOKEN_CONTEXT: &str = "import\0";

/// How material is wrapped.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
#[cbor(index_only)]
pub enum Wrapping {
    /// RSAES_OAEP_SHA_1: the material itself under RSA.
    #[n(0)]
    OaepSha1,
    /// RSAES_OAEP_SHA_256.
    #[n(1)]
    OaepSha256,
    /// RSA_AES_KEY_WRAP_SHA_1: an AES key under RSA, then the material under that key.
    #[n(2)]
    AesSha1,
    /// RSA_AES_KEY_WRAP_SHA_256.
    #[n(3)]
    AesSha256,
}

impl Wrapping {
    /// The algorithm of this name; `None` for SM2's and for PKCS #1 v1.5, which AWS has given up.
    pub fn named(name: &str) -> Option<Self> {
        match name {
            "RSAES_OAEP_SHA_1" => Some(Wrapping::OaepSha1),
            "RSAES_OAEP_SHA_256" => Some(Wrapping::OaepSha256),
            "RSA_AES_KEY_WRAP_SHA_1" => Some(Wrapping::AesSha1),
            "RSA_AES_KEY_WRAP_SHA_256" => Some(Wrapping::AesSha256),
            _ => None,
        }
    }

    const fn oaep(self) -> Oaep {
        match self {
            Wrapping::OaepSha1 | Wrapping::AesSha1 => Oaep::Sha1,
            Wrapping::OaepSha256 | Wrapping::AesSha256 => Oaep::Sha256,
        }
    }

    const fn has_aes(self) -> bool {
        match self {
            Wrapping::OaepSha1 | Wrapping::OaepSha256 => false,
            Wrapping::AesSha1 | Wrapping::AesSha256 => true,
        }
    }
}

/// What a token holds.
#[derive(Encode, Decode)]
struct Token {
    #[n(0)]
    wrapping: Wrapping,
    #[n(1)]
    rsa_bits: u32,
    #[n(2)]
    valid_until_micros: i64,
    #[cbor(n(3), with = "minicbor::bytes")]
    private: Vec<u8>,
}

/// What GetParametersForImport gives.
pub struct Parameters {
    /// The token.
    pub token: Vec<u8>,
    /// The public half of the wrapping key.
    pub public: Vec<u8>,
    /// Until when both are good.
    pub valid_until: Timestamp,
}

/// What is imported.
#[derive(Clone, Debug)]
pub struct Import {
    /// When it expires, if it does.
    pub expires: Option<Timestamp>,
    /// Whether it is to be rotated to, rather than what is there already.
    pub is_new: bool,
    /// What its importer calls it.
    pub description: Option<String>,
    /// The id it must have, if that was said.
    pub id: Option<String>,
}

impl Kms {
    /// A fresh wrapping key for material of a key.
    pub async fn import_parameters(
        &self,
        at: &KeyRef,
        wrapping: Wrapping,
        kind: PairKind,
    ) -> Result<Parameters, Error> {
        let key = self.key(at).await?;
        key.admit(self.now(), Wanted::Import)?;
        if key.row.spec.is_rsa() && !wrapping.has_aes() {
            return Err(Error::Invalid(
                "RSA private keys are too long for the RSAES_OAEP wrapping algorithms.".to_owned(),
            ));
        }
        let pair = heavy(Spec::Rsa2048, move || KeyPair::generate(kind)).await?;
        let valid_until = self.now().plus(TOKEN_LIFE);
        let token = Token {
            wrapping,
            rsa_bits: rsa_bits(kind),
            valid_until_micros: valid_until.as_micros(),
            private: pair.private().expose().to_vec(),
        };
        let plain = Secret::new(minicbor::to_vec(&token).expect("encoding into memory cannot fail"));
        let token = self.roots.imports().seal(&self.random, &token_context(at), plain.expose());
        Ok(Parameters { token, public: pair.public().to_vec(), valid_until })
    }

    /// Takes wrapped material. Returns its id.
    pub async fn import_material(
        &self,
        at: &KeyRef,
        token: &[u8],
        wrapped: Vec<u8>,
        import: Import,
    ) -> Result<String, Error> {
        let key = self.key(at).await?;
        key.admit(self.now(), Wanted::Import)?;
        let token = self.open_token(at, token)?;
        let now = self.now();
        if let Some(expires) = import.expires {
            let most = now.plus(Duration::from_secs(VALID_DAYS_MAX * 86_400));
            if expires <= now || expires > most {
                return Err(Error::Invalid(
                    "The ValidTo date must be in the future and at most 365 days ahead.".to_owned(),
                ));
            }
        }
        let bytes = heavy(Spec::Rsa2048, move || unwrap(&token, &wrapped)).await??;
        let material = Material::new(key.row.spec, &bytes).map_err(|_| {
            Error::IncorrectMaterial(
                "The key material is not valid for the key spec of the KMS key.".to_owned(),
            )
        })?;
        let id = self.roots.id(at, &bytes);
        if import.id.as_ref().is_some_and(|wanted| *wanted != hex(&id)) {
            return Err(Error::IncorrectMaterial(
                "The key material does not match the KeyMaterialId in the request.".to_owned(),
            ));
        }
        self.change(at, |draft| {
            draft.admit(Wanted::Import)?;
            // A replica takes what its primary has, under the same number.
            if check_not_replica(at, &draft.row).is_err() && !knows(&draft.row, &id) {
                return Err(Error::IncorrectMaterial(
                    "The key material must be the key material of the multi-region primary key.".to_owned(),
                ));
            }
            let number = place(at, &draft.row, &id, import.is_new)?;
            let row = MaterialRow {
                number,
                id: id.clone(),
                created_micros: now.as_micros(),
                sealed: Some(draft.kms.roots.seal(at, number, &bytes, &draft.kms.random)),
                expires_micros: import.expires.map(Timestamp::as_micros),
                description: import.description.clone(),
                rotated: None,
            };
            match draft.row.materials.iter_mut().find(|there| there.number == number) {
                Some(there) => {
                    let rotated = there.rotated;
                    let description = row.description.clone().or_else(|| there.description.clone());
                    *there = MaterialRow { rotated, description, ..row };
                }
                None => draft.row.materials.push(row),
            }
            if draft.row.current.is_none() {
                draft.row.current = Some(number);
                draft.row.public = material.public().map(<[u8]>::to_vec);
            }
            Ok(hex(&id))
        })
        .await
    }

    /// Forgets imported material: the one of this id, or the current one. Returns its id; `None` if there was none.
    pub async fn delete_material(&self, at: &KeyRef, id: Option<&str>) -> Result<Option<String>, Error> {
        self.change(at, |draft| {
            draft.admit(Wanted::DeleteMaterial)?;
            let current = draft.row.current;
            let found = draft.row.materials.iter_mut().find(|material| match id {
                Some(id) => hex(&material.id) == id,
                None => Some(material.number) == current,
            });
            match (found, id) {
                (Some(material), _) => {
                    material.sealed = None;
                    material.expires_micros = None;
                    Ok(Some(hex(&material.id)))
                }
                (None, None) => Ok(None),
                (None, Some(_)) => Err(Error::Invalid(
                    "The KeyMaterialId does not identify key material of the KMS key.".to_owned(),
                )),
            }
        })
        .await
    }

    fn open_token(&self, at: &KeyRef, token: &[u8]) -> Result<Token, Error> {
        let opened = self.roots.imports().open(&token_context(at), token);
        let opened = Secret::new(opened.map_err(|_| Error::InvalidImportToken)?);
        let token: Token = minicbor::decode(opened.expose()).map_err(|_| Error::InvalidImportToken)?;
        if self.now().as_micros() >= token.valid_until_micros {
            return Err(Error::ExpiredImportToken);
        }
        Ok(token)
    }
}

fn knows(row: &KeyRow, id: &[u8]) -> bool {
    row.materials.iter().any(|material| material.id == id)
}

/// Which number imported material gets: that of the same material, or the next.
fn place(at: &KeyRef, row: &KeyRow, id: &[u8], is_new: bool) -> Result<u32, Error> {
    let same = row.materials.iter().find(|material| material.id == id);
    if let Some(same) = same {
        return Ok(same.number);
    }
    if row.current.is_none() {
        return Ok(next_number(row));
    }
    if !is_new || row.spec != Spec::Symmetric {
        return Err(Error::IncorrectMaterial(
            "The key material in the request is not the key material that was imported into the KMS key."
                .to_owned(),
        ));
    }
    if let Some(pending) = pending(row) {
        return Err(Error::AlreadyPending { key: at.clone(), new: hex(id), pending: pending.shown_id() });
    }
    Ok(next_number(row))
}

fn unwrap(token: &Token, wrapped: &[u8]) -> Result<Secret, Error> {
    let invalid = |_| Error::InvalidCiphertext;
    let kind = [PairKind::Rsa2048, PairKind::Rsa3072, PairKind::Rsa4096]
        .into_iter()
        .find(|kind| rsa_bits(*kind) == token.rsa_bits)
        .ok_or(Error::InvalidImportToken)?;
    let pair = KeyPair::from_pkcs8(kind, Secret::new(&*token.private));
    let pair = pair.map_err(|_| Error::InvalidImportToken)?;
    let oaep = token.wrapping.oaep();
    if !token.wrapping.has_aes() {
        return pair.decrypt(oaep, wrapped).map_err(invalid);
    }
    let rsa_bytes = token.rsa_bits as usize / 8;
    let (aes_key, wrapped) = wrapped.split_at_checked(rsa_bytes).ok_or(Error::InvalidCiphertext)?;
    let aes_key = pair.decrypt(oaep, aes_key).map_err(invalid)?;
    unwrap_key(&aes_key, wrapped).map_err(invalid)
}

const fn rsa_bits(kind: PairKind) -> u32 {
    match kind {
        PairKind::Rsa2048 => 2_048,
        PairKind::Rsa3072 => 3_072,
        PairKind::Rsa4096
        | PairKind::P256
        | PairKind::P384
        | PairKind::P521
        | PairKind::K256
        | PairKind::Ed25519
        | PairKind::MlDsa44
        | PairKind::MlDsa65
        | PairKind::MlDsa87 => 4_096,
    }
}

fn token_context(at: &KeyRef) -> Vec<u8> {
    [TOKEN_CONTEXT.as_bytes(), at.arn().as_bytes()].concat()
}

impl Drop for Token {
    fn drop(&mut self) {
        drop(Secret::new(std::mem::take(&mut self.private)));
    }
}
