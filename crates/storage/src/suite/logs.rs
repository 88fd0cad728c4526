//! Cases of logs, reads and tails.

use std::time::Duration;

use base::Timestamp;
use bytes::Bytes;
use futures_util::future::{join, poll_immediate};
use store::{Batch, Check, CommitError, From, Limit, LogChange, LogId, ReadError, Seq};

use super::{Bench, payloads, put};

fn texts(batch: &Batch) -> String {
    let texts: Vec<_> = batch.records.iter().map(|record| String::from_utf8_lossy(&record.payload)).collect();
    texts.join(" ")
}

fn seqs(batch: &Batch) -> Vec<u64> {
    batch.records.iter().map(|record| record.seq.0).collect()
}

pub(super) async fn records_get_numbers_and_times_in_order(bench: Bench) {
    let log = LogId(7);
    bench
        .commit(|commit| {
            commit.log(LogChange::Create { log, first: Seq(40) });
        })
        .await;
    let created = bench.store.log_state(log).await.expect("the log is there");
    assert_eq!((created.horizon, created.next, created.sealed), (Seq(40), Seq(40), false));
    assert_eq!(created.last_time, Timestamp::EPOCH);
    bench.clock.pass(Duration::from_micros(1_234_567));
    let appended = bench.append(log, &["a", "b"]).await.appended;
    assert_eq!(appended.len(), 1);
    assert_eq!((appended[0].log, appended[0].first), (log, Seq(40)));
    assert_eq!(appended[0].time, bench.clock.now().cut_to_millis());
    bench.clock.pass(Duration::from_millis(10));
    bench.append(log, &["c"]).await;
    let batch = bench.read(log, From::Seq(Seq(0))).await;
    assert_eq!(texts(&batch), "a b c");
    assert_eq!(seqs(&batch), [40, 41, 42]);
    assert_eq!(batch.next, Seq(43));
    assert_eq!(batch.records[0].time, batch.records[1].time);
    assert_eq!(batch.records[2].time.since(batch.records[1].time), Duration::from_millis(10));
    assert_eq!(batch.state, bench.store.log_state(log).await.expect("the log is there"));
    assert_eq!(batch.state.last_time, batch.records[2].time);
}

pub(super) async fn two_appends_of_one_commit_follow_each_other(bench: Bench) {
    let (a, b) = (bench.new_log(1).await, bench.new_log(2).await);
    let committed = bench
        .commit(|commit| {
            commit.append(a, payloads(&["1", "2"]));
            commit.append(b, payloads(&["x"]));
            commit.append(a, payloads(&["3"]));
            commit.append(a, Vec::new());
        })
        .await;
    let firsts: Vec<_> = committed.appended.iter().map(|append| (append.log, append.first.0)).collect();
    assert_eq!(firsts, [(a, 0), (b, 0), (a, 2), (a, 3)]);
    assert_eq!(texts(&bench.read(a, From::Seq(Seq(0))).await), "1 2 3");
    assert_eq!(texts(&bench.read(b, From::Seq(Seq(0))).await), "x");
}

pub(super) async fn a_log_may_be_created_written_and_sealed_at_once(bench: Bench) {
    let log = LogId(1);
    bench
        .commit(|commit| {
            commit.log(LogChange::Seal(log));
            commit.log(LogChange::Create { log, first: Seq(5) });
            commit.append(log, payloads(&["only"]));
        })
        .await;
    let batch = bench.read(log, From::Seq(Seq(0))).await;
    assert_eq!(texts(&batch), "only");
    assert!(batch.state.sealed);
}

pub(super) async fn an_absent_or_sealed_log_refuses_appends(bench: Bench) {
    let append = |log| {
        move |commit: &mut store::Commit| {
            commit.writes.push(put("a", "1"));
            commit.append(log, payloads(&["x"]));
        }
    };
    assert_eq!(bench.try_commit(append(LogId(9))).await, Err(CommitError::Log(LogId(9))));
    let log = bench.new_log(1).await;
    bench.append(log, &["last"]).await;
    bench
        .commit(|commit| {
            commit.log(LogChange::Seal(log));
        })
        .await;
    assert_eq!(bench.try_commit(append(log)).await, Err(CommitError::Log(log)));
    assert_eq!(bench.value("a").await, None, "nothing of a refused commit happens");
    assert_eq!(texts(&bench.read(log, From::Seq(Seq(0))).await), "last");
}

pub(super) async fn a_log_id_is_used_once(bench: Bench) {
    let log = bench.new_log(1).await;
    let create = |commit: &mut store::Commit| {
        commit.log(LogChange::Create { log, first: Seq(0) });
    };
    assert_eq!(bench.try_commit(create).await, Err(CommitError::Log(log)));
    bench
        .commit(|commit| {
            commit.log(LogChange::Delete(log));
        })
        .await;
    assert_eq!(bench.try_commit(create).await, Err(CommitError::Log(log)));
    let twice = bench
        .try_commit(|commit| {
            commit.log(LogChange::Create { log: LogId(2), first: Seq(0) });
            commit.log(LogChange::Create { log: LogId(2), first: Seq(0) });
        })
        .await;
    assert_eq!(twice, Err(CommitError::Log(LogId(2))));
}

pub(super) async fn changes_of_an_absent_log_are_refused(bench: Bench) {
    let log = LogId(3);
    for change in [LogChange::Seal(log), LogChange::Horizon(log, Seq(1)), LogChange::Delete(log)] {
        let refused = bench
            .try_commit(|commit| {
                commit.log(change);
            })
            .await;
        assert_eq!(refused, Err(CommitError::Log(log)));
    }
    assert_eq!(bench.store.log_state(log).await, Err(ReadError::NoLog(log)));
    assert_eq!(bench.store.tail(log).await.err(), Some(ReadError::NoLog(log)));
    let limit = Limit { records: 1, bytes: 1 };
    assert_eq!(bench.store.read(log, From::Seq(Seq(0)), limit).await, Err(ReadError::NoLog(log)));
}

pub(super) async fn sealing_twice_is_fine(bench: Bench) {
    let log = bench.new_log(1).await;
    for _ in 0..2 {
        bench
            .commit(|commit| {
                commit.log(LogChange::Seal(log));
            })
            .await;
    }
    assert!(bench.store.log_state(log).await.expect("the log is there").sealed);
}

pub(super) async fn a_horizon_only_rises_and_stops_at_the_end(bench: Bench) {
    let log = bench.new_log(1).await;
    bench.append(log, &["a", "b", "c", "d"]).await;
    for (set, expected) in [(2, 2), (1, 2), (3, 3)] {
        bench
            .commit(|commit| {
                commit.log(LogChange::Horizon(log, Seq(set)));
            })
            .await;
        assert_eq!(bench.store.log_state(log).await.expect("the log is there").horizon, Seq(expected));
    }
    let batch = bench.read(log, From::Seq(Seq(0))).await;
    assert_eq!(texts(&batch), "d");
    bench
        .commit(|commit| {
            commit.log(LogChange::Horizon(log, Seq(100)));
        })
        .await;
    let state = bench.store.log_state(log).await.expect("the log is there");
    assert_eq!((state.horizon, state.next), (Seq(4), Seq(4)));
    let batch = bench.read(log, From::Seq(Seq(0))).await;
    assert_eq!((texts(&batch).as_str(), batch.next), ("", Seq(4)));
    bench.append(log, &["e"]).await;
    assert_eq!(seqs(&bench.read(log, From::Seq(Seq(0))).await), [4]);
}

pub(super) async fn a_read_keeps_to_its_limit_but_returns_one(bench: Bench) {
    let log = bench.new_log(1).await;
    bench.append(log, &["aaaa", "bb", "cc", "d"]).await;
    let read = async |from: u64, records, bytes| {
        let limit = Limit { records, bytes };
        let batch = bench.store.read(log, From::Seq(Seq(from)), limit).await.expect("the log is readable");
        (texts(&batch), batch.next.0)
    };
    assert_eq!(read(0, 2, 100).await, ("aaaa bb".to_owned(), 2));
    assert_eq!(read(0, 10, 6).await, ("aaaa bb".to_owned(), 2));
    assert_eq!(read(0, 10, 7).await, ("aaaa bb".to_owned(), 2));
    assert_eq!(read(0, 10, 1).await, ("aaaa".to_owned(), 1));
    assert_eq!(read(1, 10, 5).await, ("bb cc d".to_owned(), 4));
    assert_eq!(read(3, 10, 0).await, ("d".to_owned(), 4));
}

pub(super) async fn a_read_past_the_end_stays_where_it_is(bench: Bench) {
    let log = bench.new_log(1).await;
    bench.append(log, &["a"]).await;
    for place in [1, 5] {
        let batch = bench.read(log, From::Seq(Seq(place))).await;
        assert_eq!((batch.records.len(), batch.next), (0, Seq(place)));
    }
    let batch = bench.read(log, From::Time(bench.clock.now().plus(Duration::from_secs(1)))).await;
    assert_eq!((batch.records.len(), batch.next), (0, Seq(1)));
}

pub(super) async fn a_read_by_time_starts_at_the_first_record_of_it(bench: Bench) {
    let log = bench.new_log(1).await;
    let start = bench.clock.now().cut_to_millis();
    for batch in [["a", "b"], ["c", "d"], ["e", "f"]] {
        bench.append(log, &batch).await;
        bench.clock.pass(Duration::from_millis(100));
    }
    let from = async |millis: u64| {
        let time = start.plus(Duration::from_millis(millis));
        texts(&bench.read(log, From::Time(time)).await)
    };
    assert_eq!(from(0).await, "a b c d e f");
    assert_eq!(from(1).await, "c d e f");
    assert_eq!(from(100).await, "c d e f");
    assert_eq!(from(101).await, "e f");
    assert_eq!(from(201).await, "");
    bench
        .commit(|commit| {
            commit.log(LogChange::Horizon(log, Seq(3)));
        })
        .await;
    assert_eq!(from(0).await, "d e f");
    assert_eq!(texts(&bench.read(log, From::Time(Timestamp::EPOCH)).await), "d e f");
}

pub(super) async fn a_deleted_log_is_gone(bench: Bench) {
    let (log, other) = (bench.new_log(1).await, bench.new_log(2).await);
    bench.append(log, &["a"]).await;
    bench.append(other, &["b"]).await;
    let tail = bench.store.tail(log).await.expect("the log is there");
    bench
        .commit(|commit| {
            commit.log(LogChange::Delete(log));
        })
        .await;
    assert_eq!(bench.store.log_state(log).await, Err(ReadError::NoLog(log)));
    assert_eq!(bench.store.tail(log).await.err(), Some(ReadError::NoLog(log)));
    assert_eq!(tail.state(), None);
    let limit = Limit { records: 1, bytes: 1 };
    assert_eq!(bench.store.read(log, From::Seq(Seq(0)), limit).await, Err(ReadError::NoLog(log)));
    let refused = bench
        .try_commit(|commit| {
            commit.append(log, payloads(&["x"]));
        })
        .await;
    assert_eq!(refused, Err(CommitError::Log(log)));
    assert_eq!(texts(&bench.read(other, From::Seq(Seq(0))).await), "b");
}

pub(super) async fn a_check_sees_whether_a_log_is_open(bench: Bench) {
    let log = bench.new_log(1).await;
    let open = |log| {
        move |commit: &mut store::Commit| {
            commit.check(Check::LogOpen(log));
        }
    };
    bench.commit(open(log)).await;
    assert_eq!(bench.try_commit(open(LogId(2))).await, Err(CommitError::Check { index: 0 }));
    bench
        .commit(|commit| {
            commit.log(LogChange::Seal(log));
        })
        .await;
    assert_eq!(bench.try_commit(open(log)).await, Err(CommitError::Check { index: 0 }));
}

pub(super) async fn a_tail_wakes_when_its_log_changes(bench: Bench) {
    let log = bench.new_log(1).await;
    let tail = bench.store.tail(log).await.expect("the log is there");
    let mut seen = tail.state().expect("the log is there");
    let (woken, _) = join(tail.changed(seen), bench.append(log, &["a"])).await;
    seen = woken.expect("the log is there");
    assert_eq!(seen.next, Seq(1));
    let raise = bench.commit(|commit| {
        commit.log(LogChange::Horizon(log, Seq(1)));
    });
    let (woken, _) = join(tail.changed(seen), raise).await;
    seen = woken.expect("the log is there");
    assert_eq!(seen.horizon, Seq(1));
    let seal = bench.commit(|commit| {
        commit.log(LogChange::Seal(log));
    });
    let (woken, _) = join(tail.clone().changed(seen), seal).await;
    seen = woken.expect("the log is there");
    assert!(seen.sealed);
    let delete = bench.commit(|commit| {
        commit.log(LogChange::Delete(log));
    });
    let ((one, other), _) = join(join(tail.changed(seen), tail.changed(seen)), delete).await;
    assert_eq!((one, other), (None, None));
}

pub(super) async fn a_tail_sleeps_while_nothing_happens(bench: Bench) {
    let (log, other) = (bench.new_log(1).await, bench.new_log(2).await);
    let tail = bench.store.tail(log).await.expect("the log is there");
    let seen = tail.state().expect("the log is there");
    bench.append(other, &["a"]).await;
    bench
        .try_commit(|commit| {
            commit.append(log, payloads(&["x"]));
            commit.check(Check::LogOpen(LogId(77)));
        })
        .await
        .expect_err("its check fails");
    let mut changed = Box::pin(tail.changed(seen));
    assert_eq!(poll_immediate(&mut changed).await, None);
}

pub(super) async fn a_tail_reaches_a_number_or_the_end(bench: Bench) {
    let log = bench.new_log(1).await;
    let tail = bench.store.tail(log).await.expect("the log is there");
    let appends = async {
        for text in ["a", "b", "c"] {
            bench.append(log, &[text]).await;
        }
    };
    let (state, ()) = join(tail.reaches(Seq(2)), appends).await;
    assert_eq!(state.expect("the log is there").next, Seq(3));
    let seal = bench.commit(|commit| {
        commit.log(LogChange::Seal(log));
    });
    let (state, _) = join(tail.reaches(Seq(3)), seal).await;
    assert!(state.expect("the log is there").sealed);
}

pub(super) async fn logs_do_not_mix(bench: Bench) {
    let mut logs = Vec::new();
    for number in 1..=20 {
        logs.push(bench.new_log(number).await);
    }
    for round in 0..30_u64 {
        bench
            .commit(|commit| {
                for &log in &logs {
                    commit.append(log, vec![Bytes::from(format!("{}:{round}", log.0))]);
                }
            })
            .await;
    }
    for &log in &logs {
        let batch = bench.read(log, From::Seq(Seq(0))).await;
        let expected: Vec<String> = (0..30).map(|round| format!("{}:{round}", log.0)).collect();
        assert_eq!(texts(&batch), expected.join(" "));
    }
}
