//! OpenID Connect providers: who may vouch for web identities.

use std::collections::BTreeMap;

use base::AccountId;

use super::entities::{check_tags, merge_tags, remove_tags};
use super::error::{Error, Result, Why};
use super::naming::provider_arn;
use super::{Identity, all_rows, limits};
use crate::tables::{NameKey, PROVIDERS, ProviderRow};

/// A provider to be made.
#[derive(Clone, Debug)]
pub struct NewProvider {
    /// Its URL, with the scheme.
    pub url: String,
    /// Audiences.
    pub clients: Vec<String>,
    /// Thumbprints of its certificates.
    pub thumbprints: Vec<String>,
    /// Its tags.
    pub tags: BTreeMap<String, String>,
}

fn not_found(arn: &str) -> Error {
    Error::new(Why::NoSuchEntity, format!("OpenIDConnect Provider not found for arn {arn}"))
}

/// The key of the provider that an ARN names, if it is the account's.
fn key(account: AccountId, arn: &str) -> Result<NameKey> {
    let own = format!("arn:aws:iam::{account}:oidc-provider/");
    match arn.strip_prefix(&own) {
        Some(url) if !url.is_empty() => Ok(NameKey { account, name: url.to_owned() }),
        Some(_) | None if arn.starts_with("arn:") => Err(not_found(arn)),
        Some(_) | None => Err(Error::new(Why::Invalid, "Invalid ARN:  Could not be parsed!")),
    }
}

impl Identity {
    /// Makes a provider. Returns its ARN.
    pub async fn create_provider(&self, account: AccountId, new: NewProvider) -> Result<String> {
        check_tags(&new.tags)?;
        let (url, plain) = self.provider_url(&new.url)?;
        check_lists(&new.clients, &new.thumbprints)?;
        let mut draft = self.draft(account).await?;
        let key = NameKey { account, name: url.clone() };
        if PROVIDERS.get(&*draft.snapshot, &key).await?.is_some() {
            let text = format!("Provider with url {} already exists.", new.url);
            return Err(Error::new(Why::AlreadyExists, text));
        }
        if self.providers(account).await?.len() >= limits::PROVIDERS_MAX {
            return Err(Error::quota("OpenIdConnectProvidersPerAccount", limits::PROVIDERS_MAX));
        }
        let row = ProviderRow {
            url: url.clone(),
            created_micros: draft.now.as_micros(),
            clients: new.clients,
            thumbprints: new.thumbprints,
            tags: new.tags,
            plain: plain.then_some(true),
        };
        draft.put(PROVIDERS, &key, &row);
        draft.done().await?;
        Ok(provider_arn(account, &url).to_string())
    }

    /// A provider's URL without its scheme, and whether that is `http:`: what only this machine can hear needs no TLS.
    fn provider_url(&self, given: &str) -> Result<(String, bool)> {
        let (rest, plain) = match (given.strip_prefix("https://"), given.strip_prefix("http://")) {
            (Some(rest), _) => (Some(rest), false),
            (None, rest) => (rest.filter(|rest| self.explain && is_this_machine(rest)), true),
        };
        let usable = rest.filter(|rest| {
            let plain_text = rest.bytes().all(|byte| byte.is_ascii_graphic() && !b"?#@\\".contains(&byte));
            !rest.is_empty() && !rest.starts_with('/') && plain_text
        });
        let url = usable.ok_or_else(|| Error::new(Why::Invalid, "Invalid Open ID Connect Provider URL"))?;
        Ok((url.trim_end_matches('/').to_owned(), plain))
    }

    /// All providers, by URL.
    pub async fn providers(&self, account: AccountId) -> Result<Vec<ProviderRow>> {
        let range = PROVIDERS.prefix(|key| {
            key.u64(account.as_u64());
        });
        Ok(all_rows(&*self.store, PROVIDERS, range).await?.into_iter().map(|(_, row)| row).collect())
    }

    /// The provider with this ARN.
    pub async fn provider(&self, account: AccountId, arn: &str) -> Result<ProviderRow> {
        let row = PROVIDERS.get(&*self.store.snapshot(), &key(account, arn)?).await?;
        row.map(|row| row.value).ok_or_else(|| not_found(arn))
    }

    async fn change_provider(
        &self,
        account: AccountId,
        arn: &str,
        change: impl FnOnce(&mut ProviderRow) -> Result<()>,
    ) -> Result<()> {
        let mut draft = self.draft(account).await?;
        let mut row = self.provider(account, arn).await?;
        change(&mut row)?;
        check_lists(&row.clients, &row.thumbprints)?;
        draft.put(PROVIDERS, &key(account, arn)?, &row);
        draft.done().await
    }

    /// Removes a provider; fine if there is none.
    pub async fn delete_provider(&self, account: AccountId, arn: &str) -> Result<()> {
        let mut draft = self.draft(account).await?;
        draft.delete(PROVIDERS, &key(account, arn)?);
        draft.done().await
    }

    /// Adds an audience; fine if it is there.
    pub async fn add_client(&self, account: AccountId, arn: &str, client: String) -> Result<()> {
        self.change_provider(account, arn, |row| {
            if !row.clients.contains(&client) {
                row.clients.push(client);
            }
            Ok(())
        })
        .await
    }

    /// Removes an audience; fine if it is not there.
    pub async fn remove_client(&self, account: AccountId, arn: &str, client: &str) -> Result<()> {
        self.change_provider(account, arn, |row| {
            row.clients.retain(|there| there != client);
            Ok(())
        })
        .await
    }

    /// Replaces the thumbprints.
    pub async fn set_thumbprints(
        &self,
        account: AccountId,
        arn: &str,
        thumbprints: Vec<String>,
    ) -> Result<()> {
        self.change_provider(account, arn, |row| {
            row.thumbprints = thumbprints;
            Ok(())
        })
        .await
    }

    /// Adds tags to a provider.
    pub async fn tag_provider(
        &self,
        account: AccountId,
        arn: &str,
        tags: BTreeMap<String, String>,
    ) -> Result<()> {
        check_tags(&tags)?;
        self.change_provider(account, arn, |row| merge_tags(&mut row.tags, tags)).await
    }

    /// Takes tags away.
    pub async fn untag_provider(&self, account: AccountId, arn: &str, keys: &[String]) -> Result<()> {
        self.change_provider(account, arn, |row| {
            remove_tags(&mut row.tags, keys);
            Ok(())
        })
        .await
    }
}

/// Whether the host before a path is this machine's own.
fn is_this_machine(url: &str) -> bool {
    let authority = url.split('/').next().unwrap_or_default();
    let host = match authority.strip_prefix('[') {
        Some(rest) => rest.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    };
    let is_loopback = host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback());
    is_loopback || host == "localhost" || host.ends_with(".localhost")
}

fn check_lists(clients: &[String], thumbprints: &[String]) -> Result<()> {
    if clients.len() > limits::CLIENTS_MAX {
        return Err(Error::quota("ClientIdsPerOpenIdConnectProvider", limits::CLIENTS_MAX));
    }
    if thumbprints.len() > limits::THUMBPRINTS_MAX {
        return Err(Error::new(Why::InvalidInput, "Thumbprint list must contain fewer than 5 entries."));
    }
    Ok(())
}
