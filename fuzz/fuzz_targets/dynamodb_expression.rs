//! DynamoDB's expressions and numbers: any text is refused or means something, and never panics.
#![no_main]

use std::collections::BTreeMap;

use dynamodb::engine::expression::{Parameter, Placeholders};
use dynamodb::engine::number::Number;
use dynamodb::engine::value::{Attr, Item};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|texts: (&str, &str, &str)| {
    let (expression, word, digits) = texts;
    let number: Number = digits.parse().unwrap_or(Number::ZERO);
    assert_eq!(number.to_string().parse(), Ok(number));
    let item = Item::from([
        ("a".to_owned(), Attr::S(word.to_owned())),
        ("n".to_owned(), Attr::N(number)),
        ("l".to_owned(), Attr::L(vec![Attr::M(Item::from([("x".to_owned(), Attr::Null)]))])),
    ]);
    let names = BTreeMap::from([("#a".to_owned(), "a".to_owned())]);
    let values = Item::from([(":s".to_owned(), Attr::S(word.to_owned())), (":n".to_owned(), Attr::N(number))]);
    let placeholders = || Placeholders::new(Some(names.clone()), Some(values.clone())).expect("they are well-formed");
    if let Ok(condition) = placeholders().condition(Parameter::Condition, expression) {
        condition.holds(&item);
    }
    if let Ok(parts) = placeholders().projection(expression) {
        parts.apply(&item);
    }
    let _ = placeholders().key_conditions(expression);
    if let Ok(update) = placeholders().update(expression) {
        let _ = update.apply(&item, &Item::new());
    }
});
