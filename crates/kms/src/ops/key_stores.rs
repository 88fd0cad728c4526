//! Custom key stores: refused by name. There are none, and there is nothing to make one of.

use service::{Access, Call, Fault, Operation};

use super::NO_KEY_STORES;
use crate::engine::{Error, Kms};
use crate::shapes;

/// An operation that is refused whatever it is asked.
macro_rules! refused {
    ($operation:ident, $action:literal, $input:ident, $output:ident) => {
        #[doc = concat!("Differs: always refused. <https://docs.aws.amazon.com/kms/latest/APIReference/API_", stringify!($operation), ".html>")]
        pub(crate) struct $operation;

        impl Operation for $operation {
            type Service = Kms;
            type Input = shapes::$input;
            type Output = shapes::$output;
            const NAME: &'static str = stringify!($operation);

            async fn access(_: &Kms, call: &Call, _: &Self::Input) -> Result<Vec<Access>, Fault> {
                Ok(vec![Access::any($action, call.caller())])
            }

            async fn run(_: &Kms, _: &Call, _: Self::Input) -> Result<Self::Output, Fault> {
                Err(Error::Unsupported(NO_KEY_STORES.to_owned()).into())
            }
        }
    };
}

refused!(
    ConnectCustomKeyStore,
    "kms:ConnectCustomKeyStore",
    ConnectCustomKeyStoreRequest,
    ConnectCustomKeyStoreResponse
);
refused!(
    CreateCustomKeyStore,
    "kms:CreateCustomKeyStore",
    CreateCustomKeyStoreRequest,
    CreateCustomKeyStoreResponse
);
refused!(
    DeleteCustomKeyStore,
    "kms:DeleteCustomKeyStore",
    DeleteCustomKeyStoreRequest,
    DeleteCustomKeyStoreResponse
);
refused!(
    DisconnectCustomKeyStore,
    "kms:DisconnectCustomKeyStore",
    DisconnectCustomKeyStoreRequest,
    DisconnectCustomKeyStoreResponse
);
refused!(
    UpdateCustomKeyStore,
    "kms:UpdateCustomKeyStore",
    UpdateCustomKeyStoreRequest,
    UpdateCustomKeyStoreResponse
);

/// Lists custom key stores: there are none.
/// <https://docs.aws.amazon.com/kms/latest/APIReference/API_DescribeCustomKeyStores.html>
pub(crate) struct DescribeCustomKeyStores;

impl Operation for DescribeCustomKeyStores {
    type Service = Kms;
    type Input = shapes::DescribeCustomKeyStoresRequest;
    type Output = shapes::DescribeCustomKeyStoresResponse;
    const NAME: &'static str = "DescribeCustomKeyStores";

    async fn access(_: &Kms, call: &Call, _: &Self::Input) -> Result<Vec<Access>, Fault> {
        Ok(vec![Access::any("kms:DescribeCustomKeyStores", call.caller())])
    }

    async fn run(_: &Kms, _: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        if input.custom_key_store_id.is_some() || input.custom_key_store_name.is_some() {
            return Err(Fault::bare(400, "CustomKeyStoreNotFoundException"));
        }
        Ok(shapes::DescribeCustomKeyStoresResponse {
            custom_key_stores: Some(Vec::new()),
            next_marker: None,
            truncated: Some(false),
        })
    }
}
