//! Cases of keys, checks, snapshots, scans, bounds and outcomes.

use std::collections::BTreeSet;

use bytes::Bytes;
use futures_util::future::join_all;
use store::{Bounds, Check, CommitError, Fate, Scan, Version, Write};

use super::{Bench, delete, key, put};

pub(super) async fn a_value_is_read_back_with_the_position_of_its_commit(bench: Bench) {
    assert_eq!(bench.get("a").await, None);
    let committed = bench.commit(|commit| commit.writes.push(put("a", "1"))).await;
    let found = bench.get("a").await.expect("the row is there");
    assert_eq!(found.value, Bytes::from_static(b"1"));
    assert_eq!(found.version, committed.position);
}

pub(super) async fn positions_rise_even_without_effects(bench: Bench) {
    let mut last = bench.store.snapshot().position();
    for _ in 0..5 {
        let committed = bench.commit(|_| {}).await;
        assert!(committed.position > last, "positions rise");
        last = committed.position;
    }
    assert!(bench.store.snapshot().position() >= last);
}

pub(super) async fn the_last_write_of_a_key_wins(bench: Bench) {
    bench
        .commit(|commit| {
            commit.writes.extend([put("a", "1"), delete("a"), put("a", "2"), put("b", "1"), delete("b")])
        })
        .await;
    assert_eq!(bench.value("a").await, Some(Bytes::from_static(b"2")));
    assert_eq!(bench.value("b").await, None);
}

pub(super) async fn a_deleted_key_is_absent(bench: Bench) {
    bench.commit(|commit| commit.writes.push(put("a", "1"))).await;
    bench.commit(|commit| commit.writes.extend([delete("a"), delete("never there")])).await;
    assert_eq!(bench.value("a").await, None);
    bench
        .commit(|commit| {
            commit.check(Check::Absent(key("a")));
        })
        .await;
    // An empty value is a value.
    bench.commit(|commit| commit.writes.push(put("a", ""))).await;
    assert_eq!(bench.value("a").await, Some(Bytes::new()));
}

pub(super) async fn the_first_failed_check_names_itself(bench: Bench) {
    bench.commit(|commit| commit.writes.push(put("here", "1"))).await;
    let refused = bench
        .try_commit(|commit| {
            commit.check(Check::Present(key("here")));
            commit.check(Check::Absent(key("gone")));
            commit.check(Check::Absent(key("here")));
            commit.check(Check::Present(key("gone")));
        })
        .await;
    assert_eq!(refused, Err(CommitError::Check { index: 2 }));
    let refused = bench
        .try_commit(|commit| {
            commit.check(Check::Present(key("gone")));
        })
        .await;
    assert_eq!(refused, Err(CommitError::Check { index: 0 }));
}

pub(super) async fn checks_see_the_state_before_the_commit(bench: Bench) {
    bench
        .commit(|commit| {
            commit.writes.push(put("a", "1"));
            commit.check(Check::Absent(key("a")));
        })
        .await;
    let refused = bench
        .try_commit(|commit| {
            commit.writes.push(put("b", "1"));
            commit.check(Check::Present(key("b")));
        })
        .await;
    assert_eq!(refused, Err(CommitError::Check { index: 0 }));
}

pub(super) async fn a_refused_commit_leaves_nothing(bench: Bench) {
    let log = bench.new_log(1).await;
    bench.commit(|commit| commit.writes.push(put("a", "1"))).await;
    let refused = bench
        .try_commit(|commit| {
            commit.writes.extend([put("a", "2"), put("b", "2")]);
            commit.append(log, super::payloads(&["x"]));
            commit.check(Check::Absent(key("a")));
        })
        .await;
    assert_eq!(refused, Err(CommitError::Check { index: 0 }));
    assert_eq!(bench.value("a").await, Some(Bytes::from_static(b"1")));
    assert_eq!(bench.value("b").await, None);
    assert_eq!(bench.store.log_state(log).await.expect("the log is there").next, store::Seq(0));
}

pub(super) async fn a_version_check_holds_for_that_version_only(bench: Bench) {
    let first = bench.commit(|commit| commit.writes.push(put("a", "1"))).await.position;
    let is = |version| {
        move |commit: &mut store::Commit| {
            commit.check(Check::VersionIs(key("a"), version));
        }
    };
    bench.commit(is(first)).await;
    bench.commit(|commit| commit.writes.push(put("b", "1"))).await;
    bench.commit(is(first)).await;
    // The same value again is another version.
    let second = bench.commit(|commit| commit.writes.push(put("a", "1"))).await.position;
    assert_eq!(bench.try_commit(is(first)).await, Err(CommitError::Check { index: 0 }));
    assert_eq!(bench.try_commit(is(Version(0))).await, Err(CommitError::Check { index: 0 }));
    bench.commit(is(second)).await;
    bench.commit(|commit| commit.writes.push(delete("a"))).await;
    assert_eq!(bench.try_commit(is(second)).await, Err(CommitError::Check { index: 0 }));
}

pub(super) async fn a_snapshot_does_not_see_later_commits(bench: Bench) {
    bench.commit(|commit| commit.writes.extend([put("a", "1"), put("b", "1")])).await;
    let before = bench.store.snapshot();
    bench.commit(|commit| commit.writes.extend([put("a", "2"), delete("b"), put("c", "2")])).await;
    let value =
        async |name: &str| before.get(&key(name)).await.expect("rows are readable").map(|found| found.value);
    assert_eq!(value("a").await, Some(Bytes::from_static(b"1")));
    assert_eq!(value("b").await, Some(Bytes::from_static(b"1")));
    assert_eq!(value("c").await, None);
    let scan = Scan { start: key(""), end: key("z"), reverse: false, limit: 10 };
    assert_eq!(before.scan(scan).await.expect("rows are readable").len(), 2);
}

pub(super) async fn a_snapshot_sees_what_was_acknowledged(bench: Bench) {
    for _ in 0..20 {
        let position = bench.commit(|commit| commit.writes.push(put("a", "1"))).await.position;
        let snapshot = bench.store.snapshot();
        assert!(snapshot.position() >= position);
        let found = snapshot.get(&key("a")).await.expect("rows are readable").expect("the row is there");
        assert_eq!(found.version, position);
    }
}

pub(super) async fn a_scan_keeps_to_its_range_order_and_limit(bench: Bench) {
    let names = ["a", "b", "ba", "c", "d"];
    bench.commit(|commit| commit.writes.extend(names.map(|name| put(name, "1")))).await;
    bench.commit(|commit| commit.writes.push(delete("c"))).await;
    let snapshot = bench.store.snapshot();
    let scan = async |start: &str, end: &str, reverse, limit| {
        let scan = Scan { start: key(start), end: key(end), reverse, limit };
        let found = snapshot.scan(scan).await.expect("rows are readable");
        let names: Vec<String> =
            found.iter().map(|(found, _)| String::from_utf8_lossy(&found[2..]).into_owned()).collect();
        names.join(" ")
    };
    assert_eq!(scan("a", "d", false, 10).await, "a b ba");
    assert_eq!(scan("a", "e", true, 10).await, "d ba b a");
    assert_eq!(scan("a", "e", false, 2).await, "a b");
    assert_eq!(scan("a", "e", true, 2).await, "d ba");
    assert_eq!(scan("b", "b", false, 10).await, "");
    assert_eq!(scan("d", "a", false, 10).await, "");
    assert_eq!(scan("a", "e", false, 0).await, "");
    assert_eq!(scan("aa", "c", false, 10).await, "b ba");
}

pub(super) async fn what_passes_a_bound_is_refused(bench: Bench) {
    let long_key = Write { key: vec![0x7f; Bounds::KEY + 1].into(), value: Some(Bytes::new()) };
    let long_value = Write { key: key("a"), value: Some(vec![0; Bounds::VALUE + 1].into()) };
    let many = |count: usize| {
        (0..count).map(|n| Write { key: key(&n.to_string()), value: None }).collect::<Vec<_>>()
    };
    for writes in [vec![long_key], vec![long_value], many(Bounds::ENTRIES + 1)] {
        let refused = bench.try_commit(|commit| commit.writes.extend(writes)).await;
        assert!(matches!(refused, Err(CommitError::TooLarge(_))), "{refused:?}");
    }
    let log = bench.new_log(1).await;
    let mebibyte = Bytes::from(vec![7; 1 << 20]);
    let refused = bench
        .try_commit(|commit| {
            commit.append(log, vec![mebibyte; (Bounds::PAYLOAD >> 20) + 1]);
        })
        .await;
    assert!(matches!(refused, Err(CommitError::TooLarge(_))), "{refused:?}");
    let refused = bench
        .try_commit(|commit| {
            commit.new_blob(store::BlobRef(1), vec![0; Bounds::INLINE_BLOB + 1].into());
        })
        .await;
    assert!(matches!(refused, Err(CommitError::TooLarge(_))), "{refused:?}");
}

pub(super) async fn a_commit_at_its_bounds_is_taken(bench: Bench) {
    let log = bench.new_log(1).await;
    let mebibyte = Bytes::from(vec![7; 1 << 20]);
    let long_key = Bytes::from([&super::TABLE[..], &vec![b'k'; Bounds::KEY - 2]].concat());
    bench
        .commit(|commit| {
            commit.writes.push(Write { key: long_key.clone(), value: Some(mebibyte.clone()) });
            commit.append(log, vec![mebibyte.clone(); Bounds::PAYLOAD >> 20]);
        })
        .await;
    let found =
        bench.store.snapshot().get(&long_key).await.expect("rows are readable").expect("the row is there");
    assert_eq!(found.value, mebibyte);
    assert_eq!(bench.store.log_state(log).await.expect("the log is there").next.0, 16);
    bench
        .commit(|commit| {
            let value = Some(Bytes::from_static(b"1"));
            commit.writes.extend(
                (0..Bounds::ENTRIES).map(|n| Write { key: key(&n.to_string()), value: value.clone() }),
            );
        })
        .await;
    assert_eq!(bench.value("19999").await, Some(Bytes::from_static(b"1")));
}

pub(super) async fn of_two_commits_with_one_check_one_wins(bench: Bench) {
    for round in 0..20 {
        let name = format!("round {round}");
        let attempts = (0..8).map(|_| {
            bench.try_commit(|commit| {
                commit.check(Check::Absent(key(&name)));
                commit.writes.push(put(&name, "mine"));
            })
        });
        let results = join_all(attempts).await;
        let won = results.iter().filter(|result| result.is_ok()).count();
        assert_eq!(won, 1, "one of eight wins");
        let lost = results.iter().filter(|result| **result == Err(CommitError::Check { index: 0 })).count();
        assert_eq!(lost, 7, "seven are told so");
    }
    // Without a check all happen, each at a position of its own.
    let all = join_all((0..50).map(|_| bench.commit(|commit| commit.writes.push(put("shared", "1"))))).await;
    let positions: BTreeSet<Version> = all.iter().map(|committed| committed.position).collect();
    assert_eq!(positions.len(), 50);
}

pub(super) async fn an_outcome_tells_what_happened(bench: Bench) {
    let (done, refused, never) = (bench.new_commit(), bench.new_commit(), bench.commit_id());
    let (done_id, refused_id) = (done.id, refused.id);
    bench.store.commit(done).await.expect("nothing stands against it");
    let mut refused = refused;
    refused.check(Check::Present(key("nowhere")));
    bench.store.commit(refused).await.expect_err("its check fails");
    let outcome = async |id| bench.store.outcome(id).await.expect("outcomes are readable");
    assert_eq!(outcome(done_id).await, Fate::Committed);
    assert_eq!(outcome(refused_id).await, Fate::Absent);
    assert_eq!(outcome(never).await, Fate::Absent);
    bench.clock.pass(std::time::Duration::from_secs(23 * 3600));
    bench.commit(|_| {}).await;
    assert_eq!(outcome(done_id).await, Fate::Committed);
}
