//! How DynamoDB words a refusal: the only place that knows codes, statuses and texts (facts section 12.3; wire facts sections 4 and 5).
//!
//! | code | members beside the message |
//! |---|---|
//! | ConditionalCheckFailedException | `Item`, if it was asked for and there is one |
//! | TransactionCanceledException | `CancellationReasons`; the message is spelt `Message` (the codec sees to that) |

use service::{Fault, Style, json};
use wire::json_of;

use super::values::{self, Given};
use crate::engine::{Error, Invalid, Reason};

// Only an error has it, and the generated tables hold none of those.
wire::shape! { CancellationReason
    0 "Code"    code: String;
    1 "Item"    item: Given;
    2 "Message" message: String;
}

/// DynamoDB's way of saying what happens before an operation runs.
pub(crate) const STYLE: Style = Style {
    denied: json::denied,
    undecodable: json::undecodable,
    violated: |text| Fault::new(400, "ValidationException", text),
    broken_body: |error| json::broken_body(error, internal),
    not_implemented: |_| Fault::bare(400, "UnknownOperationException"),
    internal,
};

fn internal() -> Fault {
    Fault::new(500, "InternalServerError", "Internal server error")
}

const CONDITION_FAILED: &str = "The conditional request failed";

impl From<Invalid> for Fault {
    fn from(invalid: Invalid) -> Self {
        Fault::new(400, "ValidationException", invalid.0)
    }
}

impl From<Error> for Fault {
    fn from(error: Error) -> Self {
        let not_found = |text: String| Fault::new(400, "ResourceNotFoundException", text);
        let in_use = |text: String| {
            Fault::new(
                400,
                "ResourceInUseException",
                format!("Attempt to change a resource which is still in use: {text}"),
            )
        };
        match error {
            Error::Invalid(invalid) => invalid.into(),
            Error::NoTable => not_found("Requested resource not found".to_owned()),
            Error::NoTableNamed(name) => {
                not_found(format!("Requested resource not found: Table: {name} not found"))
            }
            Error::NoResource(arn) => {
                not_found(format!("Requested resource not found: ResourcArn: {arn} not found"))
            }
            Error::NoIndex(_) => not_found("Requested resource not found".to_owned()),
            Error::TableExists(name) => {
                Fault::new(400, "ResourceInUseException", format!("Table already exists: {name}"))
            }
            Error::BeingCreated(name) => in_use(format!("Table is being created: {name}")),
            Error::BeingDeleted(name) => in_use(format!("Table is being deleted: {name}")),
            Error::IndexExists(name) => Fault::new(
                400,
                "ValidationException",
                format!(
                    "One or more parameter values were invalid: Attempting to create an index which already exists: {name}"
                ),
            ),
            Error::OneIndexAtATime => Fault::new(
                400,
                "LimitExceededException",
                "Subscriber limit exceeded: Only 1 online index can be created or deleted simultaneously per table",
            ),
            Error::ConditionFailed(item) => {
                let fault = Fault::new(400, "ConditionalCheckFailedException", CONDITION_FAILED);
                match item {
                    Some(item) => fault.with_json("Item", json_of(&values::shown(*item))),
                    None => fault,
                }
            }
            Error::Cancelled(reasons) => cancelled(reasons),
            Error::TokenReused => Fault::new(
                400,
                "IdempotentParameterMismatchException",
                "The request uses the same client token as a previous, but non-identical request.",
            ),
            Error::Conflict => {
                Fault::new(400, "TransactionConflictException", "Transaction is ongoing for the item")
            }
            Error::Full => Fault::new(
                500,
                "InternalServerError",
                "The disk is full: new items are refused until there is space.",
            ),
            Error::Store(_) => {
                tracing::error!(%error, "dynamodb cannot do what it was asked");
                internal()
            }
        }
    }
}

fn cancelled(reasons: Vec<Reason>) -> Fault {
    let reasons: Vec<CancellationReason> = reasons.into_iter().map(reason).collect();
    let codes: Vec<&str> = reasons.iter().filter_map(|reason| reason.code.as_deref()).collect();
    let message = format!(
        "Transaction cancelled, please refer cancellation reasons for specific reasons [{}]",
        codes.join(", ")
    );
    Fault::new(400, "TransactionCanceledException", message)
        .with_json("CancellationReasons", json_of(&reasons))
}

fn reason(reason: Reason) -> CancellationReason {
    let code = |code: &str| Some(code.to_owned());
    match reason {
        Reason::None => CancellationReason { code: code("None"), ..Default::default() },
        Reason::Condition(item) => CancellationReason {
            code: code("ConditionalCheckFailed"),
            message: Some(CONDITION_FAILED.to_owned()),
            item: item.map(values::shown),
        },
        Reason::Invalid(invalid) => CancellationReason {
            code: code("ValidationError"),
            message: Some(invalid.0),
            ..Default::default()
        },
    }
}
