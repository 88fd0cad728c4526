//! What a delivery knows of its source's shards: a lane each, from the cursor to the place up to which records were counted.
//!
//! A lane whose parents have not been counted to their end waits, so that an object, which takes its lanes in order, never holds a child's
//! record before a parent's. Lanes take turns at being read first: a busy shard cannot keep the others out of the next object.

use std::collections::{HashMap, HashSet};

use store::Row;

use super::origin::{Origin, OriginError, Piece, Shard};
use crate::engine::buffering::Buffered;
use crate::tables::CursorRow;

/// One shard on its way.
#[derive(Debug)]
pub(super) struct Lane {
    /// The shard's id.
    pub shard: String,
    /// Its parents, as far as the source still tells of them.
    parents: Vec<String>,
    /// The cursor's row as it is stored; absent until the first object with records of the shard.
    pub row: Option<Row<CursorRow>>,
    /// Where the object under way begins.
    pub start: u64,
    /// Up to where records were counted.
    pub counted: u64,
    /// What was counted.
    pub buffered: Buffered,
    /// The shard ends at `counted`.
    pub ended: bool,
    /// Everything there is was counted; somebody waits for more.
    pub drained: bool,
}

impl Lane {
    fn new(shard: Shard, row: Option<Row<CursorRow>>, start: u64) -> Self {
        Self {
            shard: shard.id,
            parents: shard.parents,
            row,
            start,
            counted: start,
            buffered: Buffered::default(),
            ended: false,
            drained: false,
        }
    }

    /// Counts what a read returned.
    pub fn count(&mut self, piece: &Piece) {
        for record in &piece.records {
            self.buffered.add(record.data.len(), record.arrival);
        }
        self.counted = piece.next;
        self.ended = piece.ended;
        self.drained = piece.records.is_empty();
    }

    /// The cursor's row once what was counted is delivered.
    pub fn row_after(&self) -> CursorRow {
        CursorRow { position: self.counted, done: self.ended }
    }

    /// Whether delivering would move the cursor.
    pub fn moves(&self) -> bool {
        self.row.as_ref().map(|row| row.value) != Some(self.row_after())
            && (self.counted != self.start || self.ended)
    }
}

/// All shards on their way.
#[derive(Debug, Default)]
pub(super) struct Lanes {
    /// Parents before children.
    pub lanes: Vec<Lane>,
    /// Shards that were delivered to their end earlier.
    done: HashSet<String>,
    /// Rows of shards the source tells of no more; the next commit removes them.
    pub stale: Vec<String>,
    /// Whose turn it is to be read first.
    turn: usize,
}

impl Lanes {
    /// The lanes of the shards there are, given the cursors that are stored.
    pub async fn load(
        origin: &Origin,
        mut rows: HashMap<String, Row<CursorRow>>,
    ) -> Result<Self, OriginError> {
        let mut lanes = Self::default();
        for shard in origin.shards().await? {
            match rows.remove(&shard.id) {
                Some(row) if row.value.done => {
                    lanes.done.insert(shard.id);
                }
                Some(row) => {
                    let anew = origin.is_before(&shard.id, row.value.position).await?;
                    let start = if anew { origin.beginning(&shard.id).await? } else { row.value.position };
                    lanes.lanes.push(Lane::new(shard, Some(row), start));
                }
                None => lanes.add(origin, shard).await?,
            }
        }
        if origin.tells_of_all_shards() {
            lanes.stale = rows.into_keys().collect();
        }
        Ok(lanes)
    }

    async fn add(&mut self, origin: &Origin, shard: Shard) -> Result<(), OriginError> {
        let start = origin.beginning(&shard.id).await?;
        self.lanes.push(Lane::new(shard, None, start));
        Ok(())
    }

    /// Looks for shards that were opened since: the children of one that has ended.
    pub async fn discover(&mut self, origin: &Origin) -> Result<(), OriginError> {
        for shard in origin.shards().await? {
            let known = self.done.contains(&shard.id) || self.lanes.iter().any(|lane| lane.shard == shard.id);
            if !known {
                self.add(origin, shard).await?;
            }
        }
        Ok(())
    }

    /// All that was counted.
    pub fn buffered(&self) -> Buffered {
        self.lanes.iter().fold(Buffered::default(), |sum, lane| sum.and(lane.buffered))
    }

    /// The lanes that may be read now and have something, or were not looked at; whose turn it is comes first.
    pub fn readable(&self) -> Vec<usize> {
        let open = |parent: &String| self.lanes.iter().any(|lane| !lane.ended && lane.shard == *parent);
        let free = |index: &usize| {
            let lane = &self.lanes[*index];
            !lane.ended && !lane.drained && !lane.parents.iter().any(open)
        };
        let (later, first): (Vec<usize>, Vec<usize>) =
            (0..self.lanes.len()).filter(free).partition(|&index| index < self.turn);
        first.into_iter().chain(later).collect()
    }

    /// The next object's first read is another lane's.
    pub fn pass_turn(&mut self) {
        self.turn = if self.lanes.is_empty() { 0 } else { (self.turn + 1) % self.lanes.len() };
    }

    /// A record has come to a drained lane, or its end.
    pub fn wake(&mut self, shard: &str) {
        if let Some(lane) = self.lanes.iter_mut().find(|lane| lane.shard == shard) {
            lane.drained = false;
        }
    }

    /// What was counted has been delivered, by the commit at this position.
    pub fn delivered(&mut self, version: store::Version) {
        for lane in &mut self.lanes {
            if lane.moves() {
                lane.row = Some(Row { version, value: lane.row_after() });
            }
            lane.start = lane.counted;
            lane.buffered = Buffered::default();
        }
        self.stale.clear();
        let ended = self.lanes.extract_if(.., |lane| lane.ended).map(|lane| lane.shard);
        self.done.extend(ended);
        self.pass_turn();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use base::Timestamp;
    use store::Version;

    use super::super::origin::Incoming;
    use super::*;
    use crate::engine::kafka::testing::Broker;

    fn lane(id: &str, parents: &[&str]) -> Lane {
        let parents = parents.iter().map(|&parent| parent.to_owned()).collect();
        Lane::new(Shard { id: id.to_owned(), parents }, None, 0)
    }

    fn piece(records: usize, next: u64, ended: bool) -> Piece {
        let record = Incoming {
            data: bytes::Bytes::from_static(b"x"),
            arrival: Timestamp::EPOCH,
            kinesis: None,
            note: crate::engine::pipes::Note::default(),
        };
        Piece { records: vec![record; records], next, ended }
    }

    #[test]
    fn children_wait_until_all_parents_are_counted_to_their_end() {
        let mut lanes = Lanes {
            lanes: vec![lane("a", &[]), lane("b", &[]), lane("c", &["a", "b"]), lane("d", &["gone"])],
            ..Lanes::default()
        };
        assert_eq!(lanes.readable(), [0, 1, 3]);
        lanes.lanes[0].count(&piece(1, 1, true));
        assert_eq!(lanes.readable(), [1, 3]);
        lanes.lanes[1].count(&piece(0, 5, true));
        assert_eq!(lanes.readable(), [2, 3]);
        lanes.delivered(Version(9));
        assert_eq!(lanes.lanes.iter().map(|lane| lane.shard.as_str()).collect::<Vec<_>>(), ["c", "d"]);
        assert!(lanes.done.contains("a") && lanes.done.contains("b"));
    }

    #[test]
    fn lanes_take_turns() {
        let mut lanes = Lanes { lanes: vec![lane("a", &[]), lane("b", &[])], ..Lanes::default() };
        assert_eq!(lanes.readable(), [0, 1]);
        lanes.pass_turn();
        assert_eq!(lanes.readable(), [1, 0]);
    }

    #[test]
    fn a_drained_lane_is_read_again_once_woken() {
        let mut lanes = Lanes { lanes: vec![lane("a", &[])], ..Lanes::default() };
        lanes.lanes[0].count(&piece(0, 0, false));
        assert!(lanes.readable().is_empty() && !lanes.lanes[0].moves());
        lanes.wake("a");
        assert_eq!(lanes.readable(), [0]);
        lanes.lanes[0].count(&piece(2, 2, false));
        assert_eq!(lanes.buffered().records, 2);
        assert!(lanes.lanes[0].moves());
        lanes.delivered(Version(3));
        assert_eq!(
            lanes.lanes[0].row,
            Some(Row { version: Version(3), value: CursorRow { position: 2, done: false } })
        );
        assert!(!lanes.lanes[0].moves() && lanes.buffered().records == 0);
    }

    #[tokio::test]
    async fn a_partition_that_one_answer_lacks_keeps_its_cursor() {
        let broker = Broker::start([0, 1], false).await;
        let origin = Origin::Kafka { topic: Arc::new(broker.topic()) };
        let row = |position| Row { version: Version(1), value: CursorRow { position, done: false } };
        let rows = || HashMap::from([("0".to_owned(), row(40)), ("1".to_owned(), row(50))]);
        let starts = |lanes: &Lanes| lanes.lanes.iter().map(|lane| lane.start).collect::<Vec<_>>();
        broker.partitions.lock().unwrap().pop();
        let lanes = Lanes::load(&origin, rows()).await.unwrap();
        assert_eq!((starts(&lanes), lanes.stale.len()), (vec![40], 0));
        broker.partitions.lock().unwrap().push(1);
        let lanes = Lanes::load(&origin, rows()).await.unwrap();
        assert_eq!(starts(&lanes), [40, 50]);
    }
}
