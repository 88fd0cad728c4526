//! How policies that are kept name users and roles: by unique ids. They are shown by ARNs.
//!
//! A user who is made again under an old name is somebody else (identity facts, section 1), so what is kept must not be a name: on its way in
//! [`to_keep`] puts ids (`AIDA…`, `AROA…`) where ARNs stood, on its way out [`to_show`] puts the ARNs of now. Accounts, sessions, services and `*`
//! have no ids and stay. Somebody who is gone is shown by the id that is left of them, and a policy that names such an id is not taken again.

use std::collections::HashMap;

use base::AccountId;
use policy::{Document, PrincipalType};
use ports::{PortError, Principals};

/// Why a policy cannot be kept.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Unkeepable {
    /// It names a user or role that there is not.
    #[error("{} `{value}` does not exist", kind.as_str())]
    NoPrincipal {
        /// How it was named.
        kind: PrincipalType,
        /// Its text.
        value: String,
    },
    /// Whether they exist cannot be told.
    #[error(transparent)]
    Unavailable(PortError),
}

/// Whether a principal's text is the ARN of a user or a role.
pub fn is_entity(text: &str) -> bool {
    let parts = text.strip_prefix("arn:aws:iam::").and_then(|rest| rest.split_once(':'));
    parts.is_some_and(|(account, resource)| {
        let named = resource.starts_with("user/") || resource.starts_with("role/");
        named && account.parse::<AccountId>().is_ok()
    })
}

/// Whether a principal's text is the unique id of a user or a role.
pub fn is_unique_id(text: &str) -> bool {
    (text.starts_with("AIDA") || text.starts_with("AROA"))
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

/// The policy with ids in the place of ARNs: what is to be kept, and judged by. Fails if somebody it names does not exist.
pub async fn to_keep(document: Document, principals: &dyn Principals) -> Result<Document, Unkeepable> {
    let mut ids = HashMap::new();
    for name in document.principals() {
        let missing = || Unkeepable::NoPrincipal { kind: name.kind, value: name.value.to_owned() };
        if is_entity(name.value) {
            let id = principals.unique_id(name.value).await.map_err(Unkeepable::Unavailable)?;
            ids.insert(name.value.to_owned(), id.ok_or_else(missing)?);
        } else if is_unique_id(name.value) {
            let arn = principals.arn_of(name.value).await.map_err(Unkeepable::Unavailable)?;
            arn.ok_or_else(missing)?;
        }
    }
    if ids.is_empty() {
        return Ok(document);
    }
    let text = document.with_principals(|name| ids.get(name.value).cloned());
    Ok(Document::parse(&text, document.kind()).expect("an id stands wherever an ARN may"))
}

/// The policy's text with the ARNs of now in the place of ids; ids whose principals are gone stay.
pub async fn to_show(document: &Document, principals: &dyn Principals) -> Result<String, PortError> {
    let mut arns = HashMap::new();
    for name in document.principals().filter(|name| is_unique_id(name.value)) {
        if let Some(arn) = principals.arn_of(name.value).await? {
            arns.insert(name.value.to_owned(), arn);
        }
    }
    Ok(document.with_principals(|name| arns.get(name.value).cloned()))
}

/// The canonical user id by which S3's lists and policies name an account.
pub fn canonical_user(account: AccountId) -> String {
    crypt::sha256_hex(format!("canonical user {account}").as_bytes())
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use futures_util::FutureExt;
    use futures_util::future::BoxFuture;
    use policy::Kind;
    use ports::AccessKey;

    use super::*;

    /// The ARNs and ids of those who exist.
    struct Book(Mutex<Vec<(&'static str, &'static str)>>);

    type Found<'a, T> = BoxFuture<'a, Result<Option<T>, PortError>>;

    impl Principals for Book {
        fn find_key<'a>(&'a self, _: &'a str) -> Found<'a, AccessKey> {
            Box::pin(std::future::ready(Ok(None)))
        }

        fn unique_id<'a>(&'a self, arn: &'a str) -> Found<'a, String> {
            let all = self.0.lock().unwrap();
            let id = all.iter().find(|(there, _)| *there == arn).map(|(_, id)| (*id).to_owned());
            Box::pin(std::future::ready(Ok(id)))
        }

        fn arn_of<'a>(&'a self, id: &'a str) -> Found<'a, String> {
            let all = self.0.lock().unwrap();
            let arn = all.iter().find(|(_, there)| *there == id).map(|(arn, _)| (*arn).to_owned());
            Box::pin(std::future::ready(Ok(arn)))
        }
    }

    const ARN: &str = "arn:aws:iam::000000000000:user/deep/a";
    const ID: &str = "AIDAEXAMPLEEXAMPLE123";

    fn bucket_policy(principal: &str) -> Document {
        let text = format!(
            r#"{{"Statement": {{"Effect": "Deny", "Principal": {principal}, "Action": "s3:*", "Resource": "arn:aws:s3:::b/*"}}}}"#
        );
        Document::parse(&text, Kind::Bucket).unwrap()
    }

    #[test]
    fn names_go_in_as_ids_and_come_out_as_the_names_of_now() {
        let book = Book(Mutex::new(vec![(ARN, ID)]));
        let given = bucket_policy(&format!(r#"{{"AWS": ["{ARN}", "000000000000"]}}"#));
        let kept = to_keep(given.clone(), &book).now_or_never().unwrap().unwrap();
        assert!(kept.text().contains(ID) && !kept.text().contains(ARN));
        let show = || to_show(&kept, &book).now_or_never().unwrap().unwrap();
        assert_eq!(show(), given.text());
        // Made again under the same name: another id.
        *book.0.lock().unwrap() = vec![(ARN, "AIDAANOTHERANOTHER123")];
        assert_eq!(show(), kept.text());
    }

    #[test]
    fn who_does_not_exist_cannot_be_named() {
        let book = Book(Mutex::new(vec![(ARN, ID)]));
        let keep = |principal: &str| to_keep(bucket_policy(principal), &book).now_or_never().unwrap();
        for value in ["arn:aws:iam::000000000000:role/a", "AIDAGONEGONEGONEGONE1"] {
            let missing = Unkeepable::NoPrincipal { kind: PrincipalType::Aws, value: value.to_owned() };
            assert_eq!(keep(&format!(r#"{{"AWS": "{value}"}}"#)), Err(missing));
        }
        for principal in [
            "\"*\"".to_owned(),
            format!(r#"{{"AWS": "{ID}"}}"#),
            r#"{"AWS": "arn:aws:iam::111122223333:root"}"#.to_owned(),
            r#"{"AWS": "arn:aws:iam::cloudfront:user/CloudFront Origin Access Identity E1"}"#.to_owned(),
            r#"{"AWS": "arn:aws:sts::000000000000:assumed-role/r/s"}"#.to_owned(),
            r#"{"Service": "logging.s3.amazonaws.com"}"#.to_owned(),
        ] {
            let document = bucket_policy(&principal);
            assert_eq!(keep(&principal), Ok(document), "{principal}");
        }
    }
}
