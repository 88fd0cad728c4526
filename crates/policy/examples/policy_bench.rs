//! What a decision costs: `cargo run --release -p policy --example policy_bench`.
//!
//! Twenty statements of the kinds people write, evaluated for requests that match the last, none, and one behind conditions, beside a baseline
//! in the same run: comparing the request with twenty actions and resources as plain texts, which is what no evaluator can go below. The
//! figure to keep: 3 us for twenty statements.

use std::hint::black_box;
use std::time::Duration;

use base::{AccountId, Arn, Clock};
use policy::{Attached, Context, Document, Kin, Kind, Question, Rule, Who, evaluate};

const MEASURED: Duration = Duration::from_millis(500);
const STATEMENTS: usize = 20;
const BATCH: u32 = 50;

fn main() {
    let clock = Clock::system(Duration::ZERO);
    let plain = document(|index| {
        format!(
            r#"{{"Effect": "Allow", "Action": ["s3:GetObject", "s3:PutObject", "s3:List*"],
                "Resource": ["arn:aws:s3:::bucket-{index}/*", "arn:aws:s3:::bucket-{index}"]}}"#
        )
    });
    let conditional = document(|index| {
        format!(
            r#"{{"Effect": "Allow", "Action": "s3:*", "Resource": "arn:aws:s3:::*/desk/${{aws:username}}/*", "Condition": {{
                "StringLike": {{"s3:prefix": ["x{index}*", "home/${{aws:username}}/*"]}},
                "IpAddress": {{"aws:SourceIp": ["10.{index}.0.0/16", "203.0.113.0/24"]}},
                "DateLessThan": {{"aws:CurrentTime": "2030-01-01T00:00:00Z"}},
                "NumericEquals": {{"s3:max-keys": "{index}"}}}}}}"#
        )
    });
    let globs = document(|index| {
        format!(
            r#"{{"Effect": "Allow", "Action": "kinesis:*Record*", "Resource": "arn:aws:kinesis:*:*:stream/*-{index}-*"}}"#
        )
    });
    let context = Context::new()
        .with("s3:prefix", "home/alice/a")
        .with("aws:SourceIp", "203.0.113.7")
        .with("s3:max-keys", "1000")
        .at(clock.now());
    let key = "arn:aws:s3:::bucket-19/flights/2026/11/25/part-000017.parquet";
    let cases = [
        ("20 plain statements, the last allows", &plain, "s3:GetObject", key),
        (
            "20 plain statements, none allows",
            &plain,
            "kms:Decrypt",
            "arn:aws:kms:us-east-1:000000000000:key/1",
        ),
        (
            "20 statements with 4 conditions, none allows",
            &conditional,
            "s3:GetObject",
            "arn:aws:s3:::b/desk/alice/a",
        ),
        (
            "20 globs, the last allows",
            &globs,
            "kinesis:PutRecords",
            "arn:aws:kinesis:us-east-1:000000000000:stream/flights-19-raw",
        ),
    ];
    let actions: Vec<String> = (0..STATEMENTS).map(|index| format!("s3:GetObject{}", index % 2)).collect();
    let resources: Vec<String> =
        (0..STATEMENTS).map(|index| format!("arn:aws:s3:::bucket-{index}/")).collect();
    let baseline = || {
        let pairs = actions.iter().zip(&resources);
        pairs
            .filter(|(action, resource)| {
                black_box("s3:GetObject0") == **action && black_box(key).starts_with(&***resource)
            })
            .count()
    };
    measure(&clock, "baseline: 20 comparisons of action and resource", baseline);
    let user: Arn = "arn:aws:iam::000000000000:user/alice".parse().expect("it is an ARN");
    for (name, document, action, resource) in cases {
        let identity = [Attached { name: "p", arn: None, document }];
        let question = Question {
            who: Who {
                account: AccountId::DEFAULT,
                kind: Kin::User { arn: &user, id: "AIDAALICE" },
                canonical: None,
            },
            action,
            resource,
            owner: AccountId::DEFAULT,
            context: &context,
            identity: &identity,
            boundary: None,
            session: None,
            resource_policy: None,
            granted: false,
            rule: Rule::Usual,
        };
        measure(&clock, name, || usize::from(evaluate(black_box(&question)).is_allowed()));
    }
    let text = plain.text().to_owned();
    measure(&clock, "parsing the 20 plain statements", || {
        Document::parse(black_box(&text), Kind::Identity).map_or(0, |document| document.statements().len())
    });
}

fn document(statement: impl Fn(usize) -> String) -> Document {
    let statements: Vec<String> = (0..STATEMENTS).map(statement).collect();
    let text = format!(r#"{{"Version": "2012-10-17", "Statement": [{}]}}"#, statements.join(","));
    Document::parse(&text, Kind::Identity).expect("the document is well formed")
}

/// The best of many short rounds: a neighbour's work on the machine makes rounds slower, never faster.
fn measure(clock: &Clock, name: &str, run: impl Fn() -> usize) {
    let start = clock.monotonic();
    let mut best = Duration::MAX;
    while clock.monotonic() - start < MEASURED {
        let before = clock.monotonic();
        for _ in 0..BATCH {
            black_box(run());
        }
        best = best.min(clock.monotonic() - before);
    }
    println!("{name:<48} {:>8.0} ns", best.as_nanos() as f64 / f64::from(BATCH));
}
