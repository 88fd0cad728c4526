//! Keys, indexes and capacity as a client defines them: from the wire's shapes to the domain's, with AWS's refusals.

use std::collections::BTreeSet;

use crate::engine::Invalid;
use crate::engine::table::NewIndex;
use crate::shapes::{
    AttributeDefinition, GlobalSecondaryIndex, KeySchemaElement, LocalSecondaryIndex,
    Projection as ShownProjection, ProvisionedThroughput,
};
use crate::tables::{Billing, KeyAttribute, KeySchema, KeyType, Projection, Throughput};

/// The attributes that were defined.
pub(crate) fn attributes(given: Vec<AttributeDefinition>) -> Result<Vec<KeyAttribute>, Invalid> {
    let mut all: Vec<KeyAttribute> = Vec::with_capacity(given.len());
    for definition in given {
        let name = definition.attribute_name.unwrap_or_default();
        let kind = definition.attribute_type.as_deref().and_then(KeyType::named);
        let kind = kind.expect("the model's constraint lets no other type pass");
        if all.iter().any(|known| known.name == name) {
            return Err(Invalid::new("Cannot have two attributes with the same name"));
        }
        all.push(KeyAttribute { name, kind });
    }
    Ok(all)
}

/// A key out of attributes that were defined. `of_index` words the refusal.
pub(crate) fn schema(
    given: &[KeySchemaElement],
    attributes: &[KeyAttribute],
    of_index: bool,
) -> Result<KeySchema, Invalid> {
    let name = |element: &KeySchemaElement| element.attribute_name.clone().unwrap_or_default();
    let names: Vec<String> = given.iter().map(name).collect();
    let find = |name: &String| attributes.iter().find(|attribute| attribute.name == *name).cloned();
    if names.iter().any(|name| find(name).is_none()) {
        let defined: Vec<&str> = attributes.iter().map(|attribute| attribute.name.as_str()).collect();
        let names = distinct(&names);
        return Err(Invalid::parameter(format!(
            "Some index key attributes are not defined in AttributeDefinitions. Keys: [{}], AttributeDefinitions: [{}]",
            names.join(", "),
            defined.join(", ")
        )));
    }
    if given.len() > 2 {
        let what = if of_index { "index key" } else { "key" };
        return Err(Invalid::new(format!(
            "1 validation error detected: Value at 'keySchema' failed to satisfy constraint: Member must have length less than or equal to 2: \
             a {what} has a HASH and at most one RANGE attribute"
        )));
    }
    let is_key_type = |at: usize, kind: &str| {
        given.get(at).is_none_or(|element: &KeySchemaElement| element.key_type.as_deref() == Some(kind))
    };
    if names.len() == 2 && names[0] == names[1] {
        return Err(Invalid::new(
            "Both the Hash Key and the Range Key element in the KeySchema have the same name",
        ));
    }
    if !is_key_type(0, "HASH") {
        return Err(Invalid::new("Invalid KeySchema: The first KeySchemaElement is not a HASH key type"));
    }
    if !is_key_type(1, "RANGE") {
        return Err(Invalid::new("Invalid KeySchema: The second KeySchemaElement is not a RANGE key type"));
    }
    let hash = names.first().and_then(find).ok_or_else(|| {
        Invalid::new(
            "1 validation error detected: Value null at 'keySchema' failed to satisfy constraint: Member must not be null",
        )
    })?;
    Ok(KeySchema { hash, range: names.get(1).and_then(find) })
}

fn distinct(names: &[String]) -> Vec<&str> {
    let mut seen = BTreeSet::new();
    names.iter().map(String::as_str).filter(|name| seen.insert(*name)).collect()
}

/// Capacity that was asked for.
pub(crate) fn throughput(given: &ProvisionedThroughput) -> Result<Throughput, Invalid> {
    /// Far beyond every quota; AWS names this bound.
    const UNITS_MAX: i64 = 1_000_000_000_000;
    let units = |units: Option<i64>, name: &str| match units.unwrap_or(0) {
        units if units > UNITS_MAX => {
            Err(Invalid::new(format!("Given value {units} for {name} is out of bounds")))
        }
        units => Ok(u64::try_from(units).unwrap_or(0)),
    };
    Ok(Throughput {
        read: units(given.read_capacity_units, "ReadCapacityUnits")?,
        write: units(given.write_capacity_units, "WriteCapacityUnits")?,
    })
}

/// Capacity of a table under a billing mode.
pub(crate) fn table_throughput(
    billing: Billing,
    given: Option<&ProvisionedThroughput>,
) -> Result<Throughput, Invalid> {
    match (billing, given) {
        (Billing::Provisioned, Some(given)) => throughput(given),
        (Billing::Provisioned, None) => Err(Invalid::parameter(
            "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED",
        )),
        (Billing::OnDemand, None) => Ok(Throughput::default()),
        (Billing::OnDemand, Some(_)) => Err(Invalid::parameter(
            "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is PAY_PER_REQUEST",
        )),
    }
}

fn index_throughput(
    billing: Billing,
    name: &str,
    given: Option<&ProvisionedThroughput>,
) -> Result<Throughput, Invalid> {
    match (billing, given) {
        (Billing::Provisioned, Some(given)) => throughput(given),
        (Billing::Provisioned, None) => {
            Err(Invalid::parameter(format!("ProvisionedThroughput must be specified for index: {name}")))
        }
        (Billing::OnDemand, None) => Ok(Throughput::default()),
        (Billing::OnDemand, Some(_)) => Err(Invalid::parameter(format!(
            "ProvisionedThroughput should not be specified for index: {name} when BillingMode is PAY_PER_REQUEST"
        ))),
    }
}

/// The billing mode of that name.
pub(crate) fn billing(name: &str) -> Billing {
    if name == "PAY_PER_REQUEST" { Billing::OnDemand } else { Billing::Provisioned }
}

fn projection(given: Option<ShownProjection>) -> Result<Projection, Invalid> {
    let given = given.unwrap_or_default();
    let kind = given.projection_type.as_deref();
    let names = given.non_key_attributes;
    match (kind, names) {
        (None, _) => Err(Invalid::parameter("Unknown ProjectionType: null")),
        (Some("INCLUDE"), Some(names)) => Ok(Projection::Include(names)),
        (Some("INCLUDE"), None) => {
            Err(Invalid::parameter("ProjectionType is INCLUDE, but NonKeyAttributes is not specified"))
        }
        (Some("ALL"), None) => Ok(Projection::All),
        (Some(_), None) => Ok(Projection::KeysOnly),
        (Some(kind), Some(_)) => {
            Err(Invalid::parameter(format!("ProjectionType is {kind}, but NonKeyAttributes is specified")))
        }
    }
}

/// A global index to be.
pub(crate) fn global_index(
    given: GlobalSecondaryIndex,
    attributes: &[KeyAttribute],
    billing: Billing,
) -> Result<NewIndex, Invalid> {
    let name = given.index_name.unwrap_or_default();
    if given.on_demand_throughput.is_some() || given.warm_throughput.is_some() {
        return Err(not_built("OnDemandThroughput and WarmThroughput of an index"));
    }
    let throughput = index_throughput(billing, &name, given.provisioned_throughput.as_ref())?;
    Ok(NewIndex {
        is_local: false,
        schema: schema(&given.key_schema.unwrap_or_default(), attributes, true)?,
        projection: projection(given.projection)?,
        throughput,
        name,
    })
}

/// A local index to be.
pub(crate) fn local_index(
    given: LocalSecondaryIndex,
    attributes: &[KeyAttribute],
) -> Result<NewIndex, Invalid> {
    Ok(NewIndex {
        name: given.index_name.unwrap_or_default(),
        is_local: true,
        schema: schema(&given.key_schema.unwrap_or_default(), attributes, true)?,
        projection: projection(given.projection)?,
        throughput: Throughput::default(),
    })
}

/// A parameter that AWS has and this server does not.
pub(crate) fn not_built(what: &str) -> Invalid {
    Invalid::new(format!("{what}: not built in this server"))
}

/// Refuses the first of these that was given.
pub(crate) fn refuse_given(parameters: &[(&str, bool)]) -> Result<(), Invalid> {
    match parameters.iter().find(|(_, given)| *given) {
        Some((name, _)) => Err(not_built(name)),
        None => Ok(()),
    }
}

/// Tags as they come. A key twice is refused.
pub(crate) fn tags(given: Vec<crate::shapes::Tag>) -> Result<base::Tags, Invalid> {
    let mut tags = base::Tags::new();
    for tag in given {
        let (key, value) = (tag.key.unwrap_or_default(), tag.value.unwrap_or_default());
        if tags.insert(key.clone(), value).is_some() {
            return Err(Invalid::new(format!("Duplicate tag key: {key}")));
        }
    }
    Ok(tags)
}
