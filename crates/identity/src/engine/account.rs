//! What an account has one of: its alias, its rules for passwords, its counters, its credential report.

use std::collections::BTreeMap;

use base::{AccountId, Timestamp};

use super::error::{Error, Result, Why};
use super::{Identity, limits};
use crate::tables::{
    ACCOUNTS, AccountKey, AccountRow, EntityRow, KeyStatus, Kind, Login, MfaHolder, PasswordPolicy, Use,
};

/// AWS keeps a report for four hours.
const REPORT_SECS_MAX: i64 = 4 * 3_600;
/// Bytes of a password's salt.
const SALT_BYTES: usize = 16;

impl Identity {
    /// The account's row; a default one if nothing was ever changed.
    pub async fn account(&self, account: AccountId) -> Result<AccountRow> {
        let row = ACCOUNTS.get(&*self.store.snapshot(), &AccountKey(account)).await?;
        let created_micros = self.clock.now().cut_to_secs().as_micros();
        Ok(row.map_or(AccountRow { created_micros, ..AccountRow::default() }, |row| row.value))
    }

    /// Gives the account an alias, replacing the one it has.
    pub async fn set_alias(&self, account: AccountId, alias: String) -> Result<()> {
        let mut draft = self.draft(account).await?;
        draft.home.alias = Some(alias);
        draft.done().await
    }

    /// Takes the alias away.
    pub async fn delete_alias(&self, account: AccountId, alias: &str) -> Result<()> {
        let mut draft = self.draft(account).await?;
        if draft.home.alias.as_deref() != Some(alias) {
            let text = format!("The account alias with name {alias} cannot be found.");
            return Err(Error::new(Why::NoSuchEntity, text));
        }
        draft.home.alias = None;
        draft.done().await
    }

    /// What passwords must be like.
    pub async fn password_policy(&self, account: AccountId) -> Result<PasswordPolicy> {
        self.account(account).await?.password_policy.ok_or_else(|| no_password_policy(account))
    }

    /// Sets or removes it.
    pub async fn set_password_policy(
        &self,
        account: AccountId,
        policy: Option<PasswordPolicy>,
    ) -> Result<()> {
        let mut draft = self.draft(account).await?;
        if policy.is_none() && draft.home.password_policy.is_none() {
            return Err(no_password_policy(account));
        }
        draft.home.password_policy = policy;
        draft.done().await
    }

    fn check_password(&self, rules: Option<&PasswordPolicy>, password: &str) -> Result<()> {
        let Some(rules) = rules else { return Ok(()) };
        let any = |wanted: bool, holds: fn(char) -> bool| !wanted || password.chars().any(holds);
        let long_enough = password.chars().count() >= usize::try_from(rules.length_min).unwrap_or(0);
        let fits = long_enough
            && any(rules.symbols, |letter| letter.is_ascii_punctuation())
            && any(rules.numbers, |letter| letter.is_ascii_digit())
            && any(rules.uppercase, |letter| letter.is_ascii_uppercase())
            && any(rules.lowercase, |letter| letter.is_ascii_lowercase());
        if fits {
            return Ok(());
        }
        let text = "Password does not conform to the account password policy.";
        Err(Error::new(Why::PasswordPolicy, text))
    }

    fn digest(&self, salt: &[u8], password: &str) -> Vec<u8> {
        let message = [salt, password.as_bytes()].concat();
        crypt::hmac_sha256(self.sealing.expose(), &message).to_vec()
    }

    /// Gives a user a password. Returns the user's name and when the profile was made.
    pub async fn create_login(
        &self,
        account: AccountId,
        user: &str,
        password: Option<String>,
        reset_required: bool,
    ) -> Result<(String, Timestamp)> {
        let rules = self.account(account).await?.password_policy;
        let password = password.unwrap_or_default();
        self.check_password(rules.as_ref(), &password)?;
        let now = self.clock.now().cut_to_secs();
        let salt = self.random.bytes::<SALT_BYTES>().to_vec();
        let digest = self.digest(&salt, &password);
        self.change_entity(account, Kind::User, user, |row| {
            let name = row.name.clone();
            let login = &mut row.user_mut().expect("a user's row has what users have").login;
            if login.is_some() {
                let text = format!("Login Profile for user {name} already exists.");
                return Err(Error::new(Why::AlreadyExists, text));
            }
            *login = Some(Login { created_micros: now.as_micros(), salt, digest, reset_required });
            Ok((name, now))
        })
        .await
    }

    /// A user's password, as far as it is told.
    pub async fn login(&self, account: AccountId, user: &str) -> Result<(String, Login)> {
        let row = self.entity(account, Kind::User, user).await?;
        let login = row.user().and_then(|user| user.login.clone());
        login.map(|login| (row.name.clone(), login)).ok_or_else(|| no_login(&row.name))
    }

    /// Changes a user's password, or whether it must be changed.
    pub async fn update_login(
        &self,
        account: AccountId,
        user: &str,
        password: Option<String>,
        reset_required: Option<bool>,
    ) -> Result<()> {
        let rules = self.account(account).await?.password_policy;
        if let Some(password) = &password {
            self.check_password(rules.as_ref(), password)?;
        }
        let salt = self.random.bytes::<SALT_BYTES>().to_vec();
        let digest = password.map(|password| self.digest(&salt, &password));
        self.change_entity(account, Kind::User, user, |row| {
            let name = row.name.clone();
            let login = row.user_mut().expect("a user's row has what users have").login.as_mut();
            let login = login.ok_or_else(|| no_login(&name))?;
            if let Some(digest) = digest {
                (login.salt, login.digest) = (salt, digest);
            }
            login.reset_required = reset_required.unwrap_or(login.reset_required);
            Ok(())
        })
        .await
    }

    /// Changes the password of a user who knows the old one.
    pub async fn change_password(
        &self,
        account: AccountId,
        user: &str,
        old: &str,
        new: String,
    ) -> Result<()> {
        let (name, login) = self.login(account, user).await?;
        if !crypt::same(&self.digest(&login.salt, old), &login.digest) {
            return Err(Error::new(Why::Denied, "The old password was incorrect."));
        }
        self.update_login(account, &name, Some(new), Some(false)).await
    }

    /// Takes a user's password away.
    pub async fn delete_login(&self, account: AccountId, user: &str) -> Result<()> {
        self.change_entity(account, Kind::User, user, |row| {
            let name = row.name.clone();
            let login = row.user_mut().expect("a user's row has what users have").login.take();
            login.map(|_| ()).ok_or_else(|| no_login(&name))
        })
        .await
    }

    /// The counters of GetAccountSummary.
    pub async fn summary(&self, account: AccountId) -> Result<BTreeMap<String, i32>> {
        let home = self.account(account).await?;
        let providers = self.providers(account).await?.len() as u32;
        let devices = self.devices(account).await?;
        let root_device = devices.iter().any(|device| device.row.holder == Some(MfaHolder::Root));
        let count = |number: usize| i32::try_from(number).unwrap_or(i32::MAX);
        let mut in_use = 0;
        for policy in self.policies(account, true, true, "").await? {
            in_use += usize::from(policy.attachments + policy.bounds > 0);
        }
        let counters = [
            ("Users", home.users as usize),
            ("UsersQuota", limits::USERS_MAX),
            ("Groups", home.groups as usize),
            ("GroupsQuota", limits::GROUPS_MAX),
            ("Roles", home.roles as usize),
            ("RolesQuota", limits::ROLES_MAX),
            ("Policies", home.policies as usize),
            ("PoliciesQuota", limits::POLICIES_MAX),
            ("PolicySizeQuota", limits::MANAGED_CHARS_MAX),
            ("PolicyVersionsInUse", in_use),
            ("PolicyVersionsInUseQuota", 10_000),
            ("VersionsPerPolicyQuota", limits::VERSIONS_MAX),
            ("InstanceProfiles", home.profiles as usize),
            ("InstanceProfilesQuota", limits::PROFILES_MAX),
            ("AccessKeysPerUserQuota", limits::KEYS_MAX),
            ("AccountAccessKeysPresent", usize::from(!home.root_keys.is_empty())),
            ("AccountMFAEnabled", usize::from(root_device)),
            ("AccountSigningCertificatesPresent", 0),
            ("AccountPasswordPresent", 0),
            ("AssumeRolePolicySizeQuota", limits::TRUST_CHARS_MAX),
            ("AttachedPoliciesPerGroupQuota", limits::ATTACHED_MAX),
            ("AttachedPoliciesPerRoleQuota", limits::ATTACHED_MAX),
            ("AttachedPoliciesPerUserQuota", limits::ATTACHED_MAX),
            ("GlobalEndpointTokenVersion", 1),
            ("GroupPolicySizeQuota", limits::GROUP_INLINE_CHARS_MAX),
            ("GroupsPerUserQuota", limits::GROUPS_PER_USER_MAX),
            ("MFADevices", devices.len()),
            ("MFADevicesInUse", devices.iter().filter(|device| device.row.holder.is_some()).count()),
            ("Providers", providers as usize),
            ("RolePolicySizeQuota", limits::ROLE_INLINE_CHARS_MAX),
            ("ServerCertificates", 0),
            ("ServerCertificatesQuota", 20),
            ("SigningCertificatesPerUserQuota", 2),
            ("UserPolicySizeQuota", limits::USER_INLINE_CHARS_MAX),
        ];
        Ok(counters.into_iter().map(|(name, number)| (name.to_owned(), count(number))).collect())
    }

    /// Makes a credential report. True if there was none fresh.
    pub async fn make_report(&self, account: AccountId) -> Result<bool> {
        let mut draft = self.draft(account).await?;
        let fresh_after = draft.now.as_micros() - REPORT_SECS_MAX * 1_000_000;
        if draft.home.report_micros.is_some_and(|made| made > fresh_after) {
            return Ok(false);
        }
        draft.home.report_micros = Some(draft.now.as_micros());
        draft.done().await?;
        Ok(true)
    }

    /// The credential report, and when it was made. What it says is of this moment.
    pub async fn report(&self, account: AccountId) -> Result<(String, Timestamp)> {
        let Some(made) = self.account(account).await?.report_micros else {
            return Err(Error::new(Why::ReportNotPresent, "No credential report present."));
        };
        if made + REPORT_SECS_MAX * 1_000_000 < self.clock.now().as_micros() {
            return Err(Error::new(Why::ReportExpired, "Credential report has expired."));
        }
        let mut text = String::from(
            "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,\
             password_next_rotation,mfa_active,access_key_1_active,access_key_1_last_rotated,\
             access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,\
             access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,\
             access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,cert_1_last_rotated,\
             cert_2_active,cert_2_last_rotated",
        );
        for user in self.entities(account, Kind::User, "").await? {
            text.push('\n');
            text.push_str(&self.report_line(account, &user).await?);
        }
        Ok((text, Timestamp::from_micros(made)))
    }

    async fn report_line(&self, account: AccountId, user: &EntityRow) -> Result<String> {
        let arn = super::entities::arn(account, Kind::User, user);
        let has_login = user.user().is_some_and(|user| user.login.is_some());
        let created = wire::time::iso(user.created(), wire::time::Precision::Seconds);
        let has_device = !self.devices_of(account, &MfaHolder::User(user.id.clone())).await?.is_empty();
        let mut line = format!("{},{arn},{created},{has_login},N/A,N/A,N/A,{has_device}", user.name);
        let keys = self.keys(account, Some(&user.name)).await?;
        for place in 0..limits::KEYS_MAX {
            let Some(key) = keys.get(place) else {
                line.push_str(",false,N/A,N/A,N/A,N/A");
                continue;
            };
            let made = wire::time::iso(key.created, wire::time::Precision::Seconds);
            line.push_str(&format!(",{},{made}", key.status == KeyStatus::Active));
            match self.last_use(&key.id).await? {
                Some(used) => {
                    let at = Timestamp::from_micros(used.used_micros);
                    let at = wire::time::iso(at, wire::time::Precision::Seconds);
                    line.push_str(&format!(",{at},{},{}", used.region, used.service));
                }
                None => line.push_str(",N/A,N/A,N/A"),
            }
        }
        line.push_str(",false,N/A,false,N/A");
        Ok(line)
    }

    /// What a policy is attached to, of one kind of use, as rows.
    pub async fn users_of_policy(
        &self,
        account: AccountId,
        policy: &str,
        usage: Use,
    ) -> Result<Vec<(Kind, EntityRow)>> {
        let snapshot = self.store.snapshot();
        let mut found = Vec::new();
        for key in self.attachments(account, policy, usage).await? {
            let row = super::entities::find(&*snapshot, account, key.kind, &key.name).await?;
            found.extend(row.map(|row| (key.kind, row)));
        }
        Ok(found)
    }
}

fn no_password_policy(account: AccountId) -> Error {
    let text = format!("The Password Policy with domain name {account} cannot be found.");
    Error::new(Why::NoSuchEntity, text)
}

fn no_login(user: &str) -> Error {
    Error::new(Why::NoSuchEntity, format!("Login Profile for {user} not found"))
}
