//! Key material: drawn, sealed for the disk, opened into memory.
//!
//! ```text
//! stored    AES-256-GCM under derive("kms", "material"), nonce in front (`crypt::SealKey::seal`)
//! context   "material" 0x00 | account u64 | region length u32, region | key id length u32, key id | number u32     big-endian
//! id        HMAC-SHA256 under derive("kms", "material id") of key id and material
//! ```
//! What is sealed is the material itself: 32 bytes of a symmetric key, an HMAC key, a PKCS#8 document. The context ties it to its place, so that
//! no row can be given another's material; it never touches the disk in the open.

use base::{Random, Secret, hex};
use crypt::{HmacKey, HmacSize, KeyPair, SealKey, derive_key, hmac_sha2};

use super::Error;
use crate::tables::{KeyRef, MaterialRow, Spec};

/// Bytes of an AES-256 key.
const SYMMETRIC_BYTES: usize = 32;
/// Bytes of a material's id.
const MATERIAL_ID_BYTES: usize = 32;

/// Keys of KMS' own, under which others are kept.
pub struct Roots {
    material: SealKey,
    ids: Secret,
    imports: SealKey,
}

/// Material in memory.
pub enum Material {
    /// Of a symmetric key: what message keys derive from.
    Symmetric(HmacKey),
    /// Of an HMAC key.
    Hmac(HmacSize, Secret),
    /// A pair.
    Pair(KeyPair),
}

/// What a key is made of is not what it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unfit;

impl Material {
    /// From its bytes.
    pub fn new(spec: Spec, bytes: &Secret) -> Result<Self, Unfit> {
        if let Some(kind) = spec.pair() {
            return KeyPair::from_pkcs8(kind, bytes.clone()).map(Material::Pair).map_err(|_| Unfit);
        }
        if spec.material_bytes() != Some(bytes.expose().len()) {
            return Err(Unfit);
        }
        Ok(match spec.hmac() {
            Some(size) => Material::Hmac(size, bytes.clone()),
            None => Material::Symmetric(HmacKey::new(bytes.expose())),
        })
    }

    /// Fresh material. For pairs that takes a while.
    pub fn draw(spec: Spec, random: &Random) -> Secret {
        match spec.pair() {
            Some(kind) => KeyPair::generate(kind).private().clone(),
            None => {
                let length = spec.material_bytes().unwrap_or(SYMMETRIC_BYTES);
                let mut bytes = vec![0; length];
                random.fill(&mut bytes);
                Secret::new(bytes)
            }
        }
    }

    /// The public half as a SubjectPublicKeyInfo document, if it is a pair.
    pub fn public(&self) -> Option<&[u8]> {
        match self {
            Material::Pair(pair) => Some(pair.public()),
            Material::Symmetric(_) | Material::Hmac(..) => None,
        }
    }
}

impl std::fmt::Debug for Material {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Material(..)")
    }
}

impl Roots {
    /// From the key that the data directory derives for KMS alone.
    pub fn new(root: &Secret) -> Self {
        let seal_key =
            |purpose| SealKey::new(&derive_key(root, purpose)).expect("a derived key has 32 bytes");
        Self {
            material: seal_key("material"),
            ids: derive_key(root, "material id"),
            imports: seal_key("imports"),
        }
    }

    /// The id of material of a key.
    pub fn id(&self, key: &KeyRef, bytes: &Secret) -> Vec<u8> {
        // The key's id is of a fixed length in each of its forms; its region is left out, since replicas share their material.
        let mut message = key.id.as_bytes().to_vec();
        message.push(0);
        message.extend_from_slice(bytes.expose());
        let message = Secret::new(message);
        let id = hmac_sha2(HmacSize::Sha256, &self.ids, message.expose());
        debug_assert_eq!(id.len(), MATERIAL_ID_BYTES);
        id
    }

    /// Seals material for its row.
    pub fn seal(&self, key: &KeyRef, number: u32, bytes: &Secret, random: &Random) -> Vec<u8> {
        self.material.seal(random, &place(key, number), bytes.expose())
    }

    /// Opens the material of a row; `None` if it has none.
    pub fn open(&self, key: &KeyRef, row: &MaterialRow) -> Result<Option<Secret>, Error> {
        let Some(sealed) = &row.sealed else { return Ok(None) };
        let opened = self.material.open(&place(key, row.number), sealed);
        let opened = opened.map_err(|_| {
            Error::Store(format!("material {} of key `{}` is not authentic", row.number, key.id))
        })?;
        Ok(Some(Secret::new(opened)))
    }

    /// What import tokens are sealed with.
    pub fn imports(&self) -> &SealKey {
        &self.imports
    }
}

fn place(key: &KeyRef, number: u32) -> Vec<u8> {
    let mut context = b"material\0".to_vec();
    context.extend_from_slice(&key.account.as_u64().to_be_bytes());
    for part in [&key.region, &key.id] {
        let length = u32::try_from(part.len()).expect("names are short");
        context.extend_from_slice(&length.to_be_bytes());
        context.extend_from_slice(part.as_bytes());
    }
    context.extend_from_slice(&number.to_be_bytes());
    context
}

impl MaterialRow {
    /// Its id as AWS shows it.
    pub fn shown_id(&self) -> String {
        hex(&self.id)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use base::AccountId;

    fn key(id: &str) -> KeyRef {
        KeyRef { account: AccountId::DEFAULT, region: "us-east-1".to_owned(), id: id.to_owned() }
    }

    fn row(number: u32, sealed: Vec<u8>) -> MaterialRow {
        MaterialRow {
            number,
            id: Vec::new(),
            created_micros: 0,
            sealed: Some(sealed),
            expires_micros: None,
            description: None,
            rotated: None,
        }
    }

    #[test]
    fn material_opens_in_its_own_place_only() {
        let roots = Roots::new(&Secret::new([1; 32]));
        let secret = Secret::new([7; 32]);
        let sealed = roots.seal(&key("a"), 1, &secret, &Random::seeded(1));
        assert!(!sealed.windows(4).any(|window| window == [7; 4]));
        assert!(roots.open(&key("a"), &row(1, sealed.clone())).unwrap() == Some(secret.clone()));
        assert!(roots.open(&key("b"), &row(1, sealed.clone())).is_err());
        assert!(roots.open(&key("a"), &row(2, sealed.clone())).is_err());
        assert!(Roots::new(&Secret::new([2; 32])).open(&key("a"), &row(1, sealed)).is_err());
    }

    #[test]
    fn an_id_is_that_of_the_material_in_its_key() {
        let roots = Roots::new(&Secret::new([1; 32]));
        let id = |key_id: &str, byte: u8| roots.id(&key(key_id), &Secret::new([byte; 32]));
        assert_eq!(id("a", 1), id("a", 1));
        assert!(id("a", 1) != id("a", 2) && id("a", 1) != id("b", 1));
        assert_eq!(id("a", 1).len(), 32);
    }

    #[test]
    fn material_is_of_its_spec() {
        for spec in Spec::ALL.into_iter().filter(|spec| !spec.is_rsa()) {
            let bytes = Material::draw(spec, &Random::seeded(3));
            let material = Material::new(spec, &bytes).unwrap();
            assert_eq!(material.public().is_some(), spec.pair().is_some());
            let short = Secret::new(&bytes.expose()[1..]);
            assert!(Material::new(spec, &short).is_err(), "{spec:?}");
        }
    }
}
