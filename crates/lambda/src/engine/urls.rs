//! Function URLs: what is set of them, and whose a URL is.
//!
//! A URL's row stands under its function; a second row, in the same commit, finds it by its id. That row alone means nothing: whoever follows it
//! looks whether the function still has this URL.

use std::collections::HashMap;

use base::{AccountId, Region};
use store::{Commit, settle};

use super::Engine;
use super::error::{Error, Result, Why, happened};
use super::names::{LATEST, Named};
use crate::tables::{FUNCTIONS, FunctionKey, QualifierKey, URL_IDS, URLS, UrlId, UrlIdRow, UrlRow};

/// Rows that are looked through at once.
const PAGE: usize = 500;

fn id_row(key: &FunctionKey, at: &QualifierKey) -> UrlIdRow {
    UrlIdRow {
        function: (key.account.as_u64(), key.region.as_str().to_owned(), key.name.clone()),
        id: at.function,
        qualifier: at.qualifier.clone(),
    }
}

impl Engine {
    /// The function, version or alias behind a URL of this id in this region, and the URL.
    pub async fn find_url(&self, id: &str, region: &str) -> Result<Option<(Named, UrlRow)>> {
        let snapshot = self.store.snapshot();
        let Some(found) = URL_IDS.get(&*snapshot, &UrlId(id.to_owned())).await? else { return Ok(None) };
        let UrlIdRow { function: (account, its_region, name), id: function, qualifier } = found.value;
        let its_region = Region::new(&its_region).filter(|its| its.as_str() == region);
        let (Ok(account), Some(its_region)) = (AccountId::from_u64(account), its_region) else {
            return Ok(None);
        };
        let at = QualifierKey { function, qualifier: qualifier.clone() };
        let Some(row) = URLS.get(&*snapshot, &at).await?.filter(|row| row.value.id == id) else {
            return Ok(None);
        };
        let key = FunctionKey { account, region: its_region, name };
        let is_there = FUNCTIONS.get(&*snapshot, &key).await?.is_some_and(|row| row.value.id == function);
        let qualifier = Some(qualifier).filter(|qualifier| qualifier != LATEST);
        Ok(is_there.then_some((Named { key, qualifier }, row.value)))
    }

    /// Sees to it that every URL is found by its id: those of older data directories are not yet.
    pub(crate) async fn index_urls(&self) -> Result<()> {
        let snapshot = self.store.snapshot();
        let (mut start, end) = URLS.prefix(|_| {});
        let mut missing: HashMap<u128, Vec<(QualifierKey, UrlRow)>> = HashMap::new();
        loop {
            let page = URLS.scan(&*snapshot, (start, end.clone()), PAGE).await?;
            let Some((last, _)) = page.last() else { break };
            start = store::key_after(&URLS.key(last));
            for (at, row) in page {
                if URL_IDS.get(&*snapshot, &UrlId(row.value.id.clone())).await?.is_none() {
                    missing.entry(at.function).or_default().push((at, row.value));
                }
            }
        }
        let (mut start, end) = FUNCTIONS.prefix(|_| {});
        while !missing.is_empty() {
            let page = FUNCTIONS.scan(&*snapshot, (start, end.clone()), PAGE).await?;
            let Some((last, _)) = page.last() else { break };
            start = store::key_after(&FUNCTIONS.key(last));
            for (key, function) in page {
                for (at, row) in missing.remove(&function.value.id).unwrap_or_default() {
                    let mut commit = self.commit();
                    commit.put(URL_IDS, &UrlId(row.id), &id_row(&key, &at));
                    happened(settle(&*self.store, commit).await)?;
                }
            }
        }
        Ok(())
    }

    /// A URL as it is shown: where this server is reached, if that is known, else as on AWS.
    pub fn url_text(&self, id: &str, region: &Region) -> String {
        let reached = self.settings.endpoint.as_deref().and_then(|endpoint| {
            let (scheme, host) = endpoint.split_once("://")?;
            let port = host.trim_end_matches('/').rsplit_once(':')?.1;
            Some(format!("{scheme}://{id}.lambda-url.{region}.localhost:{port}/"))
        });
        reached.unwrap_or_else(|| format!("https://{id}.lambda-url.{region}.on.aws/"))
    }

    /// Makes a function URL.
    pub async fn create_url(
        &self,
        named: &Named,
        auth: &str,
        mode: &str,
        cors: Option<Vec<u8>>,
    ) -> Result<UrlRow> {
        const ID_CHARS: usize = 32;
        let now = self.clock.now().as_micros();
        let id = self.random.text(b"abcdefghijklmnopqrstuvwxyz234567", ID_CHARS);
        let row = UrlRow {
            id,
            auth: auth.to_owned(),
            mode: mode.to_owned(),
            cors,
            created_micros: now,
            modified_micros: now,
        };
        let also = |commit: &mut Commit, at: &QualifierKey, _: Option<&UrlRow>, after: Option<&UrlRow>| {
            if let Some(row) = after {
                commit.put(URL_IDS, &UrlId(row.id.clone()), &id_row(&named.key, at));
            }
        };
        let edit = |before: Option<&UrlRow>| match before {
            Some(_) => Err(Error::conflict(format!(
                "Failed to create function url config for [functionArn = {}]. Error message:  FunctionUrlConfig exists for this Lambda function",
                named.arn()
            ))),
            None => Ok(Some(row.clone())),
        };
        self.put_setting_and(URLS, named, edit, also).await?;
        Ok(row)
    }

    /// A function URL.
    pub async fn url(&self, named: &Named) -> Result<UrlRow> {
        let found = self.setting(URLS, named).await.map(|(_, found)| found);
        let none = || Error::not_found("The resource you requested does not exist.");
        found
            .map_err(|error| if error.why == Why::NotFound { none() } else { error })?
            .map(|row| row.value)
            .ok_or_else(none)
    }

    /// Changes a function URL.
    pub async fn update_url(
        &self,
        named: &Named,
        auth: Option<&str>,
        mode: Option<&str>,
        cors: Option<Vec<u8>>,
    ) -> Result<UrlRow> {
        self.url(named).await?;
        let edit = |before: Option<&UrlRow>| {
            let Some(before) = before else {
                return Err(Error::not_found("The resource you requested does not exist."));
            };
            let mut row = before.clone();
            row.auth = auth.map_or(row.auth, str::to_owned);
            row.mode = mode.map_or(row.mode, str::to_owned);
            row.cors = cors.clone().or(row.cors);
            row.modified_micros = self.clock.now().as_micros();
            Ok(Some(row))
        };
        self.put_setting_and(URLS, named, edit, |_, _, _, _| {}).await?;
        self.url(named).await
    }

    /// Takes a function URL away.
    pub async fn delete_url(&self, named: &Named) -> Result<()> {
        self.url(named).await?;
        let also = |commit: &mut Commit, _: &QualifierKey, before: Option<&UrlRow>, _: Option<&UrlRow>| {
            if let Some(row) = before {
                commit.delete(URL_IDS, &UrlId(row.id.clone()));
            }
        };
        self.put_setting_and(URLS, named, |_| Ok(None), also).await
    }

    /// All of a function.
    pub async fn urls(&self, key: &FunctionKey) -> Result<Vec<(String, UrlRow)>> {
        self.all_settings(URLS, key).await
    }
}
