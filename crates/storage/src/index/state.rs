//! The state after one commit: what a snapshot reads.

use std::cmp::Ordering;
use std::ops::Bound;
use std::sync::Arc;

use bytes::Bytes;
use store::{Key, ReadError, Scan, Version, Versioned};

use super::{Map, Row, RowIter, View};

/// All rows as one commit left them. Cheap to clone.
#[derive(Clone)]
pub struct State {
    /// The position of the last commit in it.
    pub position: u64,
    /// Rows since the last fold began.
    pub map: Map,
    /// Rows that are being folded.
    pub folding: Option<Map>,
    /// All rows before.
    pub view: Arc<dyn View>,
    /// How many folds have finished: while it is the same, what is in neither map is in the base as it was.
    pub generation: u64,
}

impl State {
    /// The row under a key if one of the maps has it, be it a tombstone.
    pub fn in_maps(&self, key: &[u8]) -> Option<&Row> {
        self.map.get(key).or_else(|| self.folding.as_ref()?.get(key))
    }

    /// The row under a key. May wait for the disk.
    pub fn get(&self, key: &[u8]) -> Result<Option<Row>, ReadError> {
        match self.in_maps(key) {
            Some(row) => Ok(row.value.is_some().then(|| row.clone())),
            None => self.view.get(key),
        }
    }

    /// The rows of a range, with the newest version of each and without those that are deleted. May wait for the disk.
    pub fn range(&self, start: &Bytes, end: &Bytes, reverse: bool) -> Merge {
        if start >= end {
            return Merge { sources: Vec::new(), heads: Vec::new(), reverse };
        }
        let mut sources = vec![in_map(self.map.clone(), start, end, reverse)];
        if let Some(folding) = &self.folding {
            sources.push(in_map(folding.clone(), start, end, reverse));
        }
        sources.push(self.view.range(start, end, reverse));
        let heads = sources.iter_mut().map(Iterator::next).collect();
        Merge { sources, heads, reverse }
    }

    /// As [`State::range`], for rooms.
    pub fn scan(&self, scan: &Scan) -> Result<Vec<(Key, Versioned)>, ReadError> {
        self.range(&scan.start, &scan.end, scan.reverse)
            .take(scan.limit)
            .map(|found| {
                found.map(|(key, version, value)| (key, Versioned { version: Version(version), value }))
            })
            .collect()
    }
}

/// Rows fetched from a map at a time: the iterator of a persistent map borrows it, so it cannot be kept. Few at first, since many a reader
/// wants but one, and twice as many each time up to the second number.
const STRETCH: (usize, usize) = (4, 64);

/// The rows of a map in a range.
pub(super) fn in_map(map: Map, start: &Bytes, end: &Bytes, reverse: bool) -> RowIter {
    let mut low = Bound::Included(start.clone());
    let mut high = Bound::Excluded(end.clone());
    let mut fetched: std::vec::IntoIter<(Bytes, Row)> = Vec::new().into_iter();
    let mut over = false;
    let mut stretch = STRETCH.0;
    Box::new(std::iter::from_fn(move || {
        if let Some(row) = fetched.next() {
            return Some(Ok(row));
        }
        if over {
            return None;
        }
        let range = map.range::<_, Bytes>((low.clone(), high.clone()));
        let owned = |(key, row): (&Bytes, &Row)| (key.clone(), row.clone());
        let rows: Vec<_> = if reverse {
            range.rev().take(stretch).map(owned).collect()
        } else {
            range.take(stretch).map(owned).collect()
        };
        over = rows.len() < stretch;
        stretch = (stretch * 2).min(STRETCH.1);
        if let Some((last, _)) = rows.last() {
            if reverse {
                high = Bound::Excluded(last.clone());
            } else {
                low = Bound::Excluded(last.clone());
            }
        }
        fetched = rows.into_iter();
        fetched.next().map(Ok)
    }))
}

/// Merges sorted layers: of several rows with one key the first layer's counts.
pub struct Merge {
    sources: Vec<RowIter>,
    heads: Vec<Option<Result<(Bytes, Row), ReadError>>>,
    reverse: bool,
}

impl Iterator for Merge {
    type Item = Result<(Bytes, u64, Bytes), ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let (key, row) = match self.first()? {
                Ok(found) => found,
                Err(error) => {
                    self.heads.clear();
                    return Some(Err(error));
                }
            };
            if let Some(value) = row.value {
                return Some(Ok((key, row.version, value)));
            }
        }
    }
}

impl Merge {
    /// Takes the first of all heads, and drops what it hides.
    fn first(&mut self) -> Option<Result<(Bytes, Row), ReadError>> {
        if let Some(failed) = self.heads.iter().position(|head| matches!(head, Some(Err(_)))) {
            return self.heads[failed].take();
        }
        let mut best: Option<usize> = None;
        for (index, head) in self.heads.iter().enumerate() {
            let Some(Ok((key, _))) = head else { continue };
            let before = match best.and_then(|best| self.heads[best].as_ref()) {
                Some(Ok((least, _))) => match key.cmp(least) {
                    Ordering::Less => !self.reverse,
                    Ordering::Greater => self.reverse,
                    Ordering::Equal => false,
                },
                Some(Err(_)) | None => true,
            };
            if before {
                best = Some(index);
            }
        }
        let best = best?;
        let taken = std::mem::replace(&mut self.heads[best], self.sources[best].next())?;
        if let Ok((key, _)) = &taken {
            for index in best + 1..self.heads.len() {
                if matches!(&self.heads[index], Some(Ok((other, _))) if other == key) {
                    self.heads[index] = self.sources[index].next();
                }
            }
        }
        Some(taken)
    }
}
