//! Conditions on partition keys, as the catalog takes them: `year = 2024 AND month IN (1, 2)`. Only what is certain is said; DataFusion looks at every
//! row again.

use datafusion::common::ScalarValue;
use datafusion::logical_expr::expr::InList;
use datafusion::logical_expr::{Between, BinaryExpr, Expr, Operator};
use ports::CatalogColumn;

/// Values of one IN.
const LIST_MAX: usize = 200;

/// The condition that the filters put on the keys; `None` for none.
pub(crate) fn condition(filters: &[Expr], keys: &[CatalogColumn]) -> Option<String> {
    let all: Vec<String> = filters.iter().filter_map(|filter| one(filter, keys)).collect();
    (!all.is_empty()).then(|| all.join(" AND "))
}

fn one(expr: &Expr, keys: &[CatalogColumn]) -> Option<String> {
    match expr {
        Expr::BinaryExpr(BinaryExpr { left, op, right }) => match op {
            // Of two that both must hold, one alone is a condition as well.
            Operator::And => match (one(left, keys), one(right, keys)) {
                (Some(left), Some(right)) => Some(format!("({left} AND {right})")),
                (left, right) => left.or(right),
            },
            Operator::Or => Some(format!("({} OR {})", one(left, keys)?, one(right, keys)?)),
            Operator::Eq
            | Operator::NotEq
            | Operator::Lt
            | Operator::LtEq
            | Operator::Gt
            | Operator::GtEq => {
                comparison(left, *op, right, keys).or_else(|| comparison(right, op.swap()?, left, keys))
            }
            _ => None,
        },
        Expr::Between(Between { expr, negated: false, low, high }) => {
            let low = comparison(expr, Operator::GtEq, low, keys)?;
            Some(format!("({low} AND {})", comparison(expr, Operator::LtEq, high, keys)?))
        }
        Expr::InList(InList { expr, list, negated: false }) if list.len() <= LIST_MAX => {
            let key = key_of(expr, keys)?;
            let values = list.iter().map(|value| literal(value, key)).collect::<Option<Vec<String>>>()?;
            Some(format!("{} IN ({})", key.name, values.join(", ")))
        }
        _ => None,
    }
}

fn comparison(left: &Expr, op: Operator, right: &Expr, keys: &[CatalogColumn]) -> Option<String> {
    let key = key_of(left, keys)?;
    let op = if op == Operator::NotEq { "<>".to_owned() } else { op.to_string() };
    Some(format!("{} {op} {}", key.name, literal(right, key)?))
}

/// The key that an expression is. A cast of a key could change its order; it is not looked through.
fn key_of<'k>(expr: &Expr, keys: &'k [CatalogColumn]) -> Option<&'k CatalogColumn> {
    let Expr::Column(column) = expr else { return None };
    keys.iter().find(|key| key.name == column.name)
}

/// A value as the catalog writes it, if it is of the key's kind.
fn literal(expr: &Expr, key: &CatalogColumn) -> Option<String> {
    let Expr::Literal(value, _) = expr else { return None };
    let kind = key.kind.as_deref().unwrap_or("string").to_ascii_lowercase();
    let is_number = matches!(kind.as_str(), "tinyint" | "smallint" | "int" | "bigint");
    let is_text = kind == "string" || kind.starts_with("varchar") || kind.starts_with("char");
    match value {
        ScalarValue::Int8(Some(number)) if is_number => Some(number.to_string()),
        ScalarValue::Int16(Some(number)) if is_number => Some(number.to_string()),
        ScalarValue::Int32(Some(number)) if is_number => Some(number.to_string()),
        ScalarValue::Int64(Some(number)) if is_number => Some(number.to_string()),
        ScalarValue::Utf8(Some(text))
        | ScalarValue::LargeUtf8(Some(text))
        | ScalarValue::Utf8View(Some(text))
            if is_text =>
        {
            Some(format!("'{}'", text.replace('\'', "''")))
        }
        ScalarValue::Date32(Some(_)) if kind == "date" => Some(format!("'{value}'")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use datafusion::prelude::{col, lit};

    use super::*;

    fn keys() -> Vec<CatalogColumn> {
        let key =
            |name: &str, kind: &str| CatalogColumn { name: name.to_owned(), kind: Some(kind.to_owned()) };
        vec![key("y", "int"), key("d", "string")]
    }

    #[test]
    fn what_is_certain_is_said() {
        let said = |filter: Expr| condition(&[filter], &keys());
        assert_eq!(said(col("y").eq(lit(2024_i32))).as_deref(), Some("y = 2024"));
        assert_eq!(said(lit("a'b").lt_eq(col("d"))).as_deref(), Some("d >= 'a''b'"));
        assert_eq!(said(col("y").eq(lit(1_i32)).and(col("x").eq(lit(2)))).as_deref(), Some("y = 1"));
        assert_eq!(said(col("y").eq(lit(1_i32)).or(col("x").eq(lit(2)))), None);
        assert_eq!(
            said(col("d").in_list(vec![lit("a"), lit("b")], false)).as_deref(),
            Some("d IN ('a', 'b')")
        );
        assert_eq!(said(col("d").eq(lit(1_i32))), None);
    }
}
