//! What becomes of records that were received: acknowledged, out of sight for longer or shorter, or restored from the dead letters.
//!
//! | call | the receipt is of | then |
//! |---|---|---|
//! | acknowledge | the call's own path | the row goes |
//! | visibility | the call's own path | the row moves to another moment |
//! | restore | a dead letter | the row begins again among the others, visible now |
//!
//! A receipt is good as long as the record is held under it: until it is acknowledged, received again, or becomes a dead letter while out of
//! sight. Past its time-out, but not received again, it still is.

use base::Timestamp;
use store::{Commit, Row};

use super::receipt::Receipt;
use super::{ATTEMPTS, Error, Kinesis};
use crate::engine::stream::Status;
use crate::tables::queues::{DUE, HELD, HeldKey, HeldRow, ReaderKey};

/// What is to become of a record.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fate {
    /// It is done with.
    Acknowledged,
    /// It is out of sight for so many seconds from now on.
    Hidden(u32),
    /// A dead letter no more.
    Restored,
}

/// Why an entry failed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Failed {
    /// The receipt is none of this queue's, or of the other path.
    NotOurs,
    /// The record is not held under this receipt any more.
    NotHeld,
}

impl Kinesis {
    /// Does to each record what is asked. `dead`: the receipts are of dead letters. One outcome an entry, in their order.
    pub async fn settle_records(
        &self,
        key: &ReaderKey,
        dead: bool,
        entries: &[(&str, Fate)],
    ) -> Result<Vec<Result<(), Failed>>, Error> {
        let receipts: Vec<_> = entries.iter().map(|(handle, _)| self.receipt(key, dead, handle)).collect();
        for _ in 0..ATTEMPTS {
            let now = self.now();
            let snapshot = self.store.snapshot();
            let queue = self.queue_row(&*snapshot, key).await?;
            if super::reader_status(queue.value.transition, now) == Status::Creating {
                return Err(super::no_queue(key));
            }
            let mut commit = Commit::new(self.new_commit_id());
            let mut outcomes = Vec::with_capacity(entries.len());
            for (receipt, (_, fate)) in receipts.iter().zip(entries) {
                let receipt = match receipt {
                    Ok(receipt) => receipt,
                    Err(failed) => {
                        outcomes.push(Err(*failed));
                        continue;
                    }
                };
                let row = HELD.get(&*snapshot, &receipt.record).await?;
                outcomes.push(match row.filter(|row| is_held(&row.value, receipt, now)) {
                    Some(row) => {
                        apply(&mut commit, &receipt.record, &row, *fate, (now, &self.random));
                        Ok(())
                    }
                    None => Err(Failed::NotHeld),
                });
            }
            if commit.writes.is_empty() || self.settle(commit).await? {
                self.queues.of(key.id).changed.notify_waiters();
                return Ok(outcomes);
            }
        }
        Err(Error::Conflict)
    }

    fn receipt(&self, key: &ReaderKey, dead: bool, handle: &str) -> Result<Receipt, Failed> {
        let receipt = Receipt::open(handle, &self.tokens);
        let ours = |receipt: &Receipt| receipt.record.queue == key.id && receipt.dead == dead;
        receipt.filter(ours).ok_or(Failed::NotOurs)
    }
}

/// Whether the record is held under this receipt. One that became a dead letter meanwhile is received anew before anything is done to it.
fn is_held(row: &HeldRow, receipt: &Receipt, now: Timestamp) -> bool {
    let died = row.dead && !row.receipt_of_dead && row.visible_micros <= now.as_micros();
    row.receipt == receipt.number && row.receipt_of_dead == receipt.dead && !died
}

fn apply(
    commit: &mut Commit,
    key: &HeldKey,
    row: &Row<HeldRow>,
    fate: Fate,
    (now, random): (Timestamp, &base::Random),
) {
    commit.unchanged(HELD, key, Some(row)).delete(DUE, &row.value.due(key));
    let after = match fate {
        Fate::Acknowledged => {
            commit.delete(HELD, key);
            return;
        }
        Fate::Hidden(secs) => HeldRow { visible_micros: hidden_until(now, secs), ..row.value },
        Fate::Restored => HeldRow {
            receives: 0,
            visible_micros: now.as_micros(),
            dead: false,
            receipt: random.u64(),
            receipt_of_dead: false,
            ..row.value
        },
    };
    commit.put(HELD, key, &after).put(DUE, &after.due(key), &());
}

/// When a record is visible again that is out of sight for so many seconds from now on.
pub(super) fn hidden_until(now: Timestamp, secs: u32) -> i64 {
    now.plus(std::time::Duration::from_secs(u64::from(secs))).as_micros()
}
