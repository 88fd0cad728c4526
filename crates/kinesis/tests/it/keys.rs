//! A KMS of a few lines.

use std::sync::Mutex;

use base::{Arn, Secret};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use ports::{DataKey, KeyError, KeyService, KeyUse};

/// Knows the key `known`, and what it was asked to make.
#[derive(Default)]
pub(crate) struct Keys(Mutex<State>);

#[derive(Default)]
struct State {
    made: Vec<(Secret, Vec<(String, String)>)>,
    disabled: bool,
}

impl Keys {
    pub(crate) fn disable(&self) {
        self.0.lock().unwrap().disabled = true;
    }

    pub(crate) fn made(&self) -> usize {
        self.0.lock().unwrap().made.len()
    }

    fn make(&self, key: &str, on: KeyUse<'_>) -> Result<DataKey, KeyError> {
        let mut state = self.0.lock().unwrap();
        if !key.ends_with("known") {
            return Err(KeyError::NotFound(format!("Key '{key}' does not exist")));
        }
        if state.disabled {
            return Err(KeyError::Disabled(format!("{key} is disabled.")));
        }
        let number = state.made.len() as u8;
        let plaintext = Secret::new([number.wrapping_add(1); 32]);
        state.made.push((plaintext.clone(), on.context.to_vec()));
        Ok(DataKey { plaintext, ciphertext: vec![number], key: arn() })
    }

    fn open(&self, ciphertext: &[u8], on: KeyUse<'_>) -> Result<Secret, KeyError> {
        let state = self.0.lock().unwrap();
        if state.disabled {
            return Err(KeyError::Disabled(format!("{} is disabled.", arn())));
        }
        if on.principal.arn().is_some_and(|who| who.as_str().ends_with("denied/session")) {
            return Err(KeyError::Denied("no".to_owned()));
        }
        let (plaintext, context) = &state.made[usize::from(ciphertext[0])];
        if context != on.context { Err(KeyError::InvalidCiphertext) } else { Ok(plaintext.clone()) }
    }
}

fn arn() -> Arn {
    "arn:aws:kms:us-east-1:000000000000:key/known".parse().unwrap()
}

impl KeyService for Keys {
    fn generate<'a>(&'a self, key: &'a str, on: KeyUse<'a>) -> BoxFuture<'a, Result<DataKey, KeyError>> {
        async move { self.make(key, on) }.boxed()
    }

    fn decrypt<'a>(
        &'a self,
        ciphertext: &'a [u8],
        on: KeyUse<'a>,
    ) -> BoxFuture<'a, Result<Secret, KeyError>> {
        async move { self.open(ciphertext, on) }.boxed()
    }

    fn resolve<'a>(&'a self, _: &'a str, _: KeyUse<'a>) -> BoxFuture<'a, Result<Arn, KeyError>> {
        async move { Ok(arn()) }.boxed()
    }
}
