//! TransactGetItems.

use service::{Access, Call, Fault, Operation};
use wire::Need;

use super::target::Touched;
use super::{request, target, values};
use crate::engine::DynamoDb;
use crate::shapes::{ItemResponse, TransactGetItemsInput, TransactGetItemsOutput};

/// Items under up to a hundred keys, all of one moment.
/// <https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TransactGetItems.html>
pub(crate) struct TransactGetItems;

impl Operation for TransactGetItems {
    type Service = DynamoDb;
    type Input = TransactGetItemsInput;
    type Output = TransactGetItemsOutput;
    const NAME: &'static str = "TransactGetItems";

    async fn access(db: &DynamoDb, call: &Call, input: &Self::Input) -> Result<Vec<Access>, Fault> {
        let mut asked = Vec::new();
        for get in input.transact_items.iter().flatten().filter_map(|item| item.get.as_ref()) {
            let key = request::peek(get.key.as_ref());
            let attributes = request::heads(
                get.projection_expression.as_deref(),
                get.expression_attribute_names.as_ref(),
                None,
            );
            let touched = Touched { items: vec![&key], attributes, ..Touched::default() };
            let table = get.table_name.as_ref();
            asked.push(target::access_items(db, call, "dynamodb:GetItem", table, touched).await);
        }
        Ok(asked)
    }

    async fn run(db: &DynamoDb, call: &Call, input: Self::Input) -> Result<Self::Output, Fault> {
        let mut keys = Vec::new();
        let mut projections = Vec::new();
        for get in input.transact_items.need().into_iter().filter_map(|item| item.get) {
            let table = target::table(call, &get.table_name.need())?;
            let has_names = get.expression_attribute_names.is_some();
            request::one_dialect(&[], Some(get.projection_expression.is_some()), &[], (has_names, false))?;
            let mut placeholders = request::placeholders(get.expression_attribute_names, None)?;
            projections.push(request::projection(
                &mut placeholders,
                get.projection_expression.as_deref(),
                None,
            )?);
            placeholders.finish()?;
            keys.push((table, values::item(get.key.need())?));
        }
        let (items, costs) = db.transact_get(&keys).await?;
        call.meter_records(items.iter().flatten().count() as u64);
        let responses = items.into_iter().zip(&projections).map(|(item, projection)| {
            let item = item.map(|item| match projection {
                Some(projection) => projection.apply(&item),
                None => item,
            });
            ItemResponse { item: item.map(values::shown) }
        });
        Ok(TransactGetItemsOutput {
            responses: Some(responses.collect()),
            consumed_capacity: request::consumed_together(input.return_consumed_capacity.as_deref(), &costs),
        })
    }
}
