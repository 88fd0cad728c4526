//! Grants: what somebody may do with a key past its policy (facts section 9.2).
//!
//! A grant works from the moment CreateGrant answers: AWS's five minutes of not yet being known everywhere do not exist here, so a grant token is
//! checked but changes nothing.

use std::sync::Arc;

use base::{AccountId, Page, Random, hex};
use ports::{Principal, PrincipalKind};
use store::Check;

use super::context::{Context, satisfies, within};
use super::keys::Key;
use super::state::Wanted;
use super::{Error, Kms};
use crate::tables::{
    ContextConstraint, GRANTEES, GRANTS, GrantRef, GrantRow, GranteeRef, KeyRef, Party, RETIRERS, RetirerRef,
    Spec, Usage,
};

/// Grants of a key (AWS).
const GRANTS_MAX: u32 = 50_000;
/// Pairs of a grant's constraint (AWS).
const PAIRS_MAX: usize = 8;
/// Names whose grants are kept in memory with their key.
const GRANTEES_KEPT: usize = 256;
/// Rows of one scan.
const PAGE: usize = 256;
/// Bytes of a grant's id, which is shown as twice as many hexadecimal digits.
const ID_BYTES: usize = 32;

/// What a grant can allow.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum GrantOperation {
    /// Decrypt.
    Decrypt,
    /// Encrypt.
    Encrypt,
    /// GenerateDataKey.
    GenerateDataKey,
    /// GenerateDataKeyWithoutPlaintext.
    GenerateDataKeyWithoutPlaintext,
    /// ReEncrypt, away from the key.
    ReEncryptFrom,
    /// ReEncrypt, to the key.
    ReEncryptTo,
    /// Sign.
    Sign,
    /// Verify.
    Verify,
    /// GetPublicKey.
    GetPublicKey,
    /// CreateGrant, within this grant.
    CreateGrant,
    /// RetireGrant, of this grant.
    RetireGrant,
    /// DescribeKey.
    DescribeKey,
    /// GenerateDataKeyPair.
    GenerateDataKeyPair,
    /// GenerateDataKeyPairWithoutPlaintext.
    GenerateDataKeyPairWithoutPlaintext,
    /// GenerateMac.
    GenerateMac,
    /// VerifyMac.
    VerifyMac,
    /// DeriveSharedSecret.
    DeriveSharedSecret,
}

use GrantOperation as Op;

impl GrantOperation {
    /// Every operation, in the order of the bits of a row.
    pub const ALL: [Op; 17] = [
        Op::Decrypt,
        Op::Encrypt,
        Op::GenerateDataKey,
        Op::GenerateDataKeyWithoutPlaintext,
        Op::ReEncryptFrom,
        Op::ReEncryptTo,
        Op::Sign,
        Op::Verify,
        Op::GetPublicKey,
        Op::CreateGrant,
        Op::RetireGrant,
        Op::DescribeKey,
        Op::GenerateDataKeyPair,
        Op::GenerateDataKeyPairWithoutPlaintext,
        Op::GenerateMac,
        Op::VerifyMac,
        Op::DeriveSharedSecret,
    ];

    /// As AWS calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Op::Decrypt => "Decrypt",
            Op::Encrypt => "Encrypt",
            Op::GenerateDataKey => "GenerateDataKey",
            Op::GenerateDataKeyWithoutPlaintext => "GenerateDataKeyWithoutPlaintext",
            Op::ReEncryptFrom => "ReEncryptFrom",
            Op::ReEncryptTo => "ReEncryptTo",
            Op::Sign => "Sign",
            Op::Verify => "Verify",
            Op::GetPublicKey => "GetPublicKey",
            Op::CreateGrant => "CreateGrant",
            Op::RetireGrant => "RetireGrant",
            Op::DescribeKey => "DescribeKey",
            Op::GenerateDataKeyPair => "GenerateDataKeyPair",
            Op::GenerateDataKeyPairWithoutPlaintext => "GenerateDataKeyPairWithoutPlaintext",
            Op::GenerateMac => "GenerateMac",
            Op::VerifyMac => "VerifyMac",
            Op::DeriveSharedSecret => "DeriveSharedSecret",
        }
    }

    /// The operation of this name; `None` for encapsulation.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|operation| operation.name() == name)
    }

    const fn bit(self) -> u32 {
        1 << self as u32
    }

    /// Whether keys of this kind do it at all.
    pub const fn fits(self, spec: Spec, usage: Usage) -> bool {
        match self {
            Op::CreateGrant | Op::RetireGrant | Op::DescribeKey => true,
            Op::Decrypt | Op::Encrypt | Op::ReEncryptFrom | Op::ReEncryptTo => {
                matches!(usage, Usage::EncryptDecrypt)
            }
            Op::GenerateDataKey
            | Op::GenerateDataKeyWithoutPlaintext
            | Op::GenerateDataKeyPair
            | Op::GenerateDataKeyPairWithoutPlaintext => matches!(spec, Spec::Symmetric),
            Op::Sign | Op::Verify => matches!(usage, Usage::SignVerify),
            Op::GetPublicKey => spec.pair().is_some(),
            Op::GenerateMac | Op::VerifyMac => matches!(usage, Usage::GenerateVerifyMac),
            Op::DeriveSharedSecret => matches!(usage, Usage::KeyAgreement),
        }
    }
}

/// A set of operations, as rows have it.
pub fn bits(operations: &[GrantOperation]) -> u32 {
    operations.iter().fold(0, |bits, operation| bits | operation.bit())
}

impl GrantRow {
    /// What it allows.
    pub fn operations(&self) -> impl Iterator<Item = GrantOperation> + '_ {
        Op::ALL.into_iter().filter(|operation| self.operations & operation.bit() != 0)
    }

    /// Whether it allows this.
    pub const fn allows(&self, operation: GrantOperation) -> bool {
        self.operations & operation.bit() != 0
    }

    fn source_fits(&self, principal: &Principal) -> bool {
        let Some(wanted) = &self.source_arn else { return true };
        match &principal.kind {
            PrincipalKind::Service { source: Some(source), .. } => source.as_str() == wanted,
            PrincipalKind::Service { source: None, .. }
            | PrincipalKind::Root
            | PrincipalKind::User { .. }
            | PrincipalKind::Role { .. }
            | PrincipalKind::Federated { .. }
            | PrincipalKind::Anonymous => false,
        }
    }
}

/// A grant and its id.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Granted {
    /// Its id.
    pub id: String,
    /// Its row.
    pub row: GrantRow,
}

/// What is asked of the grants: an operation, and with which encryption context, if it takes one.
#[derive(Clone, Copy, Debug)]
pub struct Need<'a> {
    /// The operation.
    pub operation: GrantOperation,
    /// The context.
    pub context: Option<&'a Context>,
    /// The grant that is to be made, for CreateGrant: a child allows nothing that its parent does not.
    pub child: Option<&'a GrantRow>,
}

impl Kms {
    /// Whether a grant of the key allows this to the principal.
    pub async fn granted(&self, key: &Key, principal: &Principal, need: Need<'_>) -> Result<bool, Error> {
        if key.row.grants == 0 {
            return Ok(false);
        }
        for name in self.names(principal).await? {
            let grants = self.grants_of(key, &name).await?;
            if grants.iter().any(|grant| fits(&grant.row, principal, need)) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The grants that name somebody as their grantee.
    async fn grants_of(&self, key: &Key, name: &str) -> Result<Arc<[Granted]>, Error> {
        let kept = key.grantees.read().expect("nothing panics while the grants are held").get(name).cloned();
        if let Some(kept) = kept {
            return Ok(kept);
        }
        let snapshot = self.store.snapshot();
        let (mut start, end) = GRANTEES.prefix(|writer| {
            store::TableKey::write(&key.at, writer);
            writer.text(name);
        });
        let mut found = Vec::new();
        loop {
            let page = GRANTEES.scan(&*snapshot, (start, end.clone()), PAGE).await?;
            let Some((last, _)) = page.last() else { break };
            start = store::key_after(&GRANTEES.key(last));
            for (at, _) in page {
                let at = GrantRef { key: at.key, grant: at.grant };
                if let Some(row) = GRANTS.get(&*snapshot, &at).await? {
                    found.push(Granted { id: at.grant, row: row.value });
                }
            }
        }
        let found: Arc<[Granted]> = found.into();
        // What is kept goes with the key's row, which every change of a grant writes; a snapshot later than the row is no harm: the
        // key in memory is forgotten anyway.
        let mut kept = key.grantees.write().expect("nothing panics while the grants are held");
        if kept.len() >= GRANTEES_KEPT {
            kept.clear();
        }
        kept.insert(name.to_owned(), found.clone());
        Ok(found)
    }

    /// Whether such a grant can be made.
    pub async fn check_grant(&self, at: &KeyRef, row: &GrantRow) -> Result<(), Error> {
        let key = self.key(at).await?;
        key.admit(self.now(), Wanted::Use)?;
        check(&key, row)
    }

    /// Makes a grant. One of the same name that says the same is returned instead.
    pub async fn create_grant(&self, at: &KeyRef, mut row: GrantRow) -> Result<String, Error> {
        self.check_grant(at, &row).await?;
        let key = self.key(at).await?;
        row.created_micros = self.now().as_micros();
        if row.name.is_some() {
            let same = |grant: &&Granted| says_the_same(&grant.row, &row);
            if let Some(grant) = self.grants_of(&key, row.grantee.name()).await?.iter().find(same) {
                return Ok(grant.id.clone());
            }
        }
        let id = new_id(&self.random);
        self.change(at, |draft| {
            draft.admit(Wanted::Use)?;
            if draft.row.grants >= GRANTS_MAX {
                return Err(Error::Quota(format!("A key cannot have more than {GRANTS_MAX} grants.")));
            }
            draft.row.grants += 1;
            let grant = GrantRef { key: at.clone(), grant: id.clone() };
            draft.commit.check(Check::Absent(GRANTS.key(&grant)));
            draft.commit.put(GRANTS, &grant, &row);
            draft.commit.put(GRANTEES, &grantee_ref(&grant, &row), &());
            if let Some(retirer) = retirer_ref(&grant, &row) {
                draft.commit.put(RETIRERS, &retirer, &());
            }
            Ok(id.clone())
        })
        .await
    }

    /// The grant of this id.
    pub async fn grant(&self, at: &KeyRef, id: &str) -> Result<Granted, Error> {
        let grant = GrantRef { key: at.clone(), grant: id.to_owned() };
        let row = GRANTS.get(&*self.store.snapshot(), &grant).await?;
        let row = row.ok_or_else(|| Error::NoGrant(id.to_owned()))?;
        Ok(Granted { id: grant.grant, row: row.value })
    }

    /// Ends a grant: retired or revoked, it is gone.
    pub async fn end_grant(&self, at: &KeyRef, id: &str) -> Result<(), Error> {
        let ended = self.grant(at, id).await?;
        let grant = GrantRef { key: at.clone(), grant: ended.id };
        let outcome = self
            .change(at, |draft| {
                draft.row.grants = draft.row.grants.saturating_sub(1);
                draft.commit.check(Check::Present(GRANTS.key(&grant)));
                delete(&mut draft.commit, &grant, &ended.row);
                Ok(())
            })
            .await;
        match outcome {
            // Somebody else has ended it.
            Err(Error::Conflict) => Err(Error::NoGrant(id.to_owned())),
            other => other,
        }
    }

    /// The grants of a key, from after `after` on, at most `limit` of those that pass.
    pub async fn list_grants(
        &self,
        at: &KeyRef,
        after: Option<&str>,
        limit: usize,
        passes: impl Fn(&Granted) -> bool + Send,
    ) -> Result<Page<Granted>, Error> {
        let snapshot = self.store.snapshot();
        let (mut start, end) = GRANTS.prefix(|writer| store::TableKey::write(at, writer));
        if let Some(after) = after {
            start = store::key_after(&GRANTS.key(&GrantRef { key: at.clone(), grant: after.to_owned() }));
        }
        let mut items = Vec::new();
        while items.len() <= limit {
            let page = GRANTS.scan(&*snapshot, (start, end.clone()), PAGE).await?;
            let Some((last, _)) = page.last() else { break };
            start = store::key_after(&GRANTS.key(last));
            let grants = page.into_iter().map(|(at, row)| Granted { id: at.grant, row: row.value });
            items.extend(grants.filter(&passes));
        }
        Ok(Page::take(items, limit))
    }

    /// The grants in a region that somebody may retire, from after `after` on.
    pub async fn list_retirable(
        &self,
        principal: &str,
        region: &str,
        after: Option<&RetirerRef>,
        limit: usize,
    ) -> Result<Page<(RetirerRef, GrantRow)>, Error> {
        let snapshot = self.store.snapshot();
        let (mut start, end) = RETIRERS.prefix(|writer| {
            writer.text(principal);
        });
        if let Some(after) = after {
            start = store::key_after(&RETIRERS.key(after));
        }
        let mut items = Vec::new();
        while items.len() <= limit {
            let page = RETIRERS.scan(&*snapshot, (start, end.clone()), PAGE).await?;
            let Some((last, _)) = page.last() else { break };
            start = store::key_after(&RETIRERS.key(last));
            for (retirer, _) in page.into_iter().filter(|(at, _)| at.grant.key.region == region) {
                if let Some(row) = GRANTS.get(&*snapshot, &retirer.grant).await? {
                    items.push((retirer, row.value));
                }
            }
        }
        Ok(Page::take(items, limit))
    }
}

/// Whether somebody, whom grants mean by these names, may retire a grant: who it says may, its grantee if it says so, and the root of the account it was issued in.
pub fn may_retire(grant: &GrantRow, key: &KeyRef, principal: &Principal, names: &[String]) -> bool {
    let is = |party: &Party| names.iter().any(|name| name == party.name());
    let by_root = principal.kind == PrincipalKind::Root
        && (principal.account == key.account || grant.issuer == root_arn(principal.account));
    by_root || grant.retirer.as_ref().is_some_and(is) || (grant.allows(Op::RetireGrant) && is(&grant.grantee))
}

/// The ARN of an account's root.
pub fn root_arn(account: AccountId) -> String {
    format!("arn:aws:iam::{account}:root")
}

/// Removes a grant's rows.
pub(super) fn delete(commit: &mut store::Commit, grant: &GrantRef, row: &GrantRow) {
    commit.delete(GRANTS, grant);
    commit.delete(GRANTEES, &grantee_ref(grant, row));
    if let Some(retirer) = retirer_ref(grant, row) {
        commit.delete(RETIRERS, &retirer);
    }
}

fn grantee_ref(grant: &GrantRef, row: &GrantRow) -> GranteeRef {
    let principal = row.grantee.name().to_owned();
    GranteeRef { key: grant.key.clone(), principal, grant: grant.grant.clone() }
}

fn retirer_ref(grant: &GrantRef, row: &GrantRow) -> Option<RetirerRef> {
    let principal = row.retirer.as_ref()?.name().to_owned();
    Some(RetirerRef { principal, grant: grant.clone() })
}

fn new_id(random: &Random) -> String {
    hex(&random.bytes::<ID_BYTES>())
}

fn fits(grant: &GrantRow, principal: &Principal, need: Need<'_>) -> bool {
    grant.allows(need.operation)
        && satisfies(grant.context.as_ref(), need.context)
        && grant.source_fits(principal)
        && need.child.is_none_or(|child| is_within(grant, child))
}

fn is_within(parent: &GrantRow, child: &GrantRow) -> bool {
    let operations = child.operations & !parent.operations == 0;
    operations && within(parent.context.as_ref(), child.context.as_ref())
}

fn says_the_same(there: &GrantRow, wanted: &GrantRow) -> bool {
    *there == GrantRow { created_micros: there.created_micros, ..wanted.clone() }
}

/// Refuses what a grant of this key cannot say.
fn check(key: &Key, row: &GrantRow) -> Result<(), Error> {
    let (spec, usage) = (key.row.spec, key.row.usage);
    if let Some(operation) = row.operations().find(|operation| !operation.fits(spec, usage)) {
        return Err(Error::Invalid(format!(
            "Operation {} is not valid for a key with key spec {} and key usage {}.",
            operation.name(),
            spec.name(),
            usage.name()
        )));
    }
    if row.operations == 0 {
        return Err(Error::Invalid("A grant must allow at least one operation.".to_owned()));
    }
    let Some(ContextConstraint { pairs, .. }) = &row.context else { return Ok(()) };
    if spec != Spec::Symmetric {
        return Err(Error::Invalid(
            "Encryption context constraints are valid for symmetric encryption keys only.".to_owned(),
        ));
    }
    if pairs.len() > PAIRS_MAX {
        return Err(Error::Invalid(format!(
            "An encryption context constraint cannot have more than {PAIRS_MAX} pairs."
        )));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_are_found_again_in_their_bits() {
        for operation in Op::ALL {
            assert_eq!(Op::named(operation.name()), Some(operation));
            assert!(crate::shapes::GRANT_OPERATION.contains(&operation.name()));
            let row = grant(&[operation]);
            assert_eq!(row.operations().collect::<Vec<_>>(), [operation]);
        }
        assert_eq!(grant(&Op::ALL).operations().count(), Op::ALL.len());
    }

    #[test]
    fn a_child_stays_within_its_parent() {
        let parent = grant(&[Op::Decrypt, Op::CreateGrant]);
        assert!(is_within(&parent, &grant(&[Op::Decrypt])));
        assert!(!is_within(&parent, &grant(&[Op::Decrypt, Op::Encrypt])));
        let pairs: Context = [("a".to_owned(), "1".to_owned())].into();
        let tight = GrantRow { context: Some(ContextConstraint { exact: false, pairs }), ..parent.clone() };
        assert!(!is_within(&tight, &grant(&[Op::Decrypt])) && is_within(&parent, &tight));
    }

    fn grant(operations: &[Op]) -> GrantRow {
        GrantRow {
            name: None,
            created_micros: 0,
            grantee: Party::Principal("arn:aws:iam::000000000000:user/a".to_owned()),
            retirer: None,
            issuer: root_arn(AccountId::DEFAULT),
            operations: bits(operations),
            context: None,
            source_arn: None,
        }
    }
}
