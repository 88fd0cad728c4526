//! What an account has one of; passwords.

use base::Timestamp;
use bytes::Bytes;
use wire::Need;

use super::shown::{about, about_user, user_name};
use crate::ops::{Target, operation};
use crate::shapes::iam::*;
use crate::tables::Kind;
use crate::tables::PasswordPolicy as Rules;

/// Characters of a password unless the policy says otherwise.
const PASSWORD_LENGTH_MIN: i32 = 6;

operation! {
    /// Gives the account an alias. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateAccountAlias.html>
    /// Differs: aliases are unique in their account only.
    "iam" CreateAccountAlias(CreateAccountAliasRequest) -> (),
    asks |_iam, _call, _input| Target::any(),
    does |iam, call, input| iam.set_alias(call.account(), input.account_alias.need()).await?,
}

operation! {
    /// Takes the alias away. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccountAlias.html>
    "iam" DeleteAccountAlias(DeleteAccountAliasRequest) -> (),
    asks |_iam, _call, _input| Target::any(),
    does |iam, call, input| iam.delete_alias(call.account(), &input.account_alias.need()).await?,
}

operation! {
    /// Lists the alias. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListAccountAliases.html>
    "iam" ListAccountAliases(ListAccountAliasesRequest) -> ListAccountAliasesResponse,
    asks |_iam, _call, _input| Target::any(),
    does |iam, call, _input| {
        let alias = iam.account(call.account()).await?.alias;
        let aliases = Some(alias.into_iter().collect());
        ListAccountAliasesResponse { account_aliases: aliases, is_truncated: Some(false), marker: None }
    },
}

operation! {
    /// Counts what there is. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html>
    "iam" GetAccountSummary(()) -> GetAccountSummaryResponse,
    asks |_iam, _call, _input| Target::any(),
    does |iam, call, _input| {
        GetAccountSummaryResponse { summary_map: Some(iam.summary(call.account()).await?) }
    },
}

operation! {
    /// Tells what passwords must be like. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountPasswordPolicy.html>
    "iam" GetAccountPasswordPolicy(()) -> GetAccountPasswordPolicyResponse,
    asks |_iam, _call, _input| Target::any(),
    does |iam, call, _input| {
        let rules = iam.password_policy(call.account()).await?;
        GetAccountPasswordPolicyResponse {
            password_policy: Some(PasswordPolicy {
                minimum_password_length: Some(rules.length_min),
                require_symbols: Some(rules.symbols),
                require_numbers: Some(rules.numbers),
                require_uppercase_characters: Some(rules.uppercase),
                require_lowercase_characters: Some(rules.lowercase),
                allow_users_to_change_password: Some(rules.users_may_change),
                expire_passwords: Some(rules.age_days_max.is_some_and(|days| days > 0)),
                max_password_age: rules.age_days_max,
                password_reuse_prevention: rules.reuse_prevention,
                hard_expiry: rules.hard_expiry,
            }),
        }
    },
}

operation! {
    /// Says what passwords must be like; what is not given gets its default.
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccountPasswordPolicy.html>
    "iam" UpdateAccountPasswordPolicy(UpdateAccountPasswordPolicyRequest) -> (),
    asks |_iam, _call, _input| Target::any(),
    does |iam, call, input| {
        let rules = Rules {
            length_min: input.minimum_password_length.unwrap_or(PASSWORD_LENGTH_MIN),
            symbols: input.require_symbols.unwrap_or(false),
            numbers: input.require_numbers.unwrap_or(false),
            uppercase: input.require_uppercase_characters.unwrap_or(false),
            lowercase: input.require_lowercase_characters.unwrap_or(false),
            users_may_change: input.allow_users_to_change_password.unwrap_or(false),
            age_days_max: input.max_password_age,
            reuse_prevention: input.password_reuse_prevention,
            hard_expiry: input.hard_expiry,
        };
        iam.set_password_policy(call.account(), Some(rules)).await?
    },
}

operation! {
    /// Asks nothing of passwords any more. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteAccountPasswordPolicy.html>
    "iam" DeleteAccountPasswordPolicy(()) -> (),
    asks |_iam, _call, _input| Target::any(),
    does |iam, call, _input| iam.set_password_policy(call.account(), None).await?,
}

operation! {
    /// Makes a credential report. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GenerateCredentialReport.html>
    /// Differs: it is there at once.
    "iam" GenerateCredentialReport(()) -> GenerateCredentialReportResponse,
    asks |_iam, _call, _input| Target::any(),
    does |iam, call, _input| {
        let fresh = iam.make_report(call.account()).await?;
        let description = fresh.then(|| "No report exists. Starting a new report generation task".to_owned());
        GenerateCredentialReportResponse { state: Some("COMPLETE".to_owned()), description }
    },
}

operation! {
    /// Tells the credential report. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetCredentialReport.html>
    "iam" GetCredentialReport(()) -> GetCredentialReportResponse,
    asks |_iam, _call, _input| Target::any(),
    does |iam, call, _input| {
        let (text, made) = iam.report(call.account()).await?;
        GetCredentialReportResponse {
            content: Some(Bytes::from(text)),
            report_format: Some("text/csv".to_owned()),
            generated_time: Some(made),
        }
    },
}

fn login_profile(name: String, created: Timestamp, reset_required: bool) -> LoginProfile {
    LoginProfile {
        user_name: Some(name),
        create_date: Some(created),
        password_reset_required: Some(reset_required),
        ..LoginProfile::default()
    }
}

operation! {
    /// Gives a user a password. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateLoginProfile.html>
    /// Differs: there is no console to sign in to.
    "iam" CreateLoginProfile(CreateLoginProfileRequest) -> CreateLoginProfileResponse,
    asks |iam, call, input| about_user(iam, call, input.user_name.as_ref()).await?,
    does |iam, call, input| {
        let name = user_name(call, input.user_name)?;
        let reset = input.password_reset_required.unwrap_or(false);
        let (name, created) = iam.create_login(call.account(), &name, input.password, reset).await?;
        CreateLoginProfileResponse { login_profile: Some(login_profile(name, created, reset)) }
    },
}

operation! {
    /// Tells whether a user has a password. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetLoginProfile.html>
    "iam" GetLoginProfile(GetLoginProfileRequest) -> GetLoginProfileResponse,
    asks |iam, call, input| about_user(iam, call, input.user_name.as_ref()).await?,
    does |iam, call, input| {
        let (name, login) = iam.login(call.account(), &user_name(call, input.user_name)?).await?;
        let created = Timestamp::from_micros(login.created_micros);
        GetLoginProfileResponse { login_profile: Some(login_profile(name, created, login.reset_required)) }
    },
}

operation! {
    /// Changes a user's password. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateLoginProfile.html>
    "iam" UpdateLoginProfile(UpdateLoginProfileRequest) -> (),
    asks |iam, call, input| about(iam, call, Kind::User, input.user_name.as_deref()).await?,
    does |iam, call, input| {
        let name = input.user_name.need();
        iam.update_login(call.account(), &name, input.password, input.password_reset_required).await?
    },
}

operation! {
    /// Takes a user's password away. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_DeleteLoginProfile.html>
    "iam" DeleteLoginProfile(DeleteLoginProfileRequest) -> (),
    asks |iam, call, input| about_user(iam, call, input.user_name.as_ref()).await?,
    does |iam, call, input| iam.delete_login(call.account(), &user_name(call, input.user_name)?).await?,
}

operation! {
    /// Changes the caller's own password. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ChangePassword.html>
    "iam" ChangePassword(ChangePasswordRequest) -> (),
    asks |iam, call, _input| about_user(iam, call, None).await?,
    does |iam, call, input| {
        let name = user_name(call, None)?;
        let (old, new) = (input.old_password.need(), input.new_password.need());
        iam.change_password(call.account(), &name, &old, new).await?
    },
}

operation! {
    /// Lists a user's signing certificates: none. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListSigningCertificates.html>
    "iam" ListSigningCertificates(ListSigningCertificatesRequest) -> ListSigningCertificatesResponse,
    asks |iam, call, input| about_user(iam, call, input.user_name.as_ref()).await?,
    does |iam, call, input| {
        if let Some(name) = &input.user_name {
            iam.entity(call.account(), Kind::User, name).await?;
        }
        ListSigningCertificatesResponse { certificates: Some(Vec::new()), is_truncated: Some(false), marker: None }
    },
}

operation! {
    /// Lists a user's SSH keys: none. <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListSSHPublicKeys.html>
    "iam" ListSSHPublicKeys(ListSSHPublicKeysRequest) -> ListSSHPublicKeysResponse,
    asks |iam, call, input| about_user(iam, call, input.user_name.as_ref()).await?,
    does |iam, call, input| {
        if let Some(name) = &input.user_name {
            iam.entity(call.account(), Kind::User, name).await?;
        }
        ListSSHPublicKeysResponse { ssh_public_keys: Some(Vec::new()), is_truncated: Some(false), marker: None }
    },
}

operation! {
    /// Lists a user's credentials for single services: none.
    /// <https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListServiceSpecificCredentials.html>
    "iam" ListServiceSpecificCredentials(ListServiceSpecificCredentialsRequest) -> ListServiceSpecificCredentialsResponse,
    asks |iam, call, input| about_user(iam, call, input.user_name.as_ref()).await?,
    does |_iam, _call, _input| {
        ListServiceSpecificCredentialsResponse {
            service_specific_credentials: Some(Vec::new()),
            ..ListServiceSpecificCredentialsResponse::default()
        }
    },
}
