//! The base under folds and compactions: what each view sees, and what is there when the directory is opened again as it was after any step.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use base::Random;
use bytes::Bytes;

use super::flat::Flat;
use super::state::State;
use super::tree::Tree;
use super::{Base, Map, Row, View};
use crate::disk::SimDisk;

type Rows = BTreeMap<Bytes, (u64, Bytes)>;

const CACHE: u64 = 1 << 20;

fn key(index: u64) -> Bytes {
    format!("\x7f\x01key-{index:04}").into()
}

/// A run of rows, some of them deletions, and what all rows are after it.
fn draw(random: &Random, version: u64, all: &mut Rows) -> Map {
    let mut run = Map::new();
    for _ in 0..40 {
        let key = key(random.u64() % 300);
        let value = (!random.u64().is_multiple_of(3))
            .then(|| Bytes::from(vec![version as u8; (random.u64() % 200) as usize]));
        match &value {
            Some(value) => all.insert(key.clone(), (version, value.clone())),
            None => all.remove(&key),
        };
        run.insert(key, Row { version, value });
    }
    run
}

fn assert_shows(view: &dyn View, all: &Rows) {
    let (start, end) = (key(0), Bytes::from_static(b"\x7f\x02"));
    for reverse in [false, true] {
        let found = view.range(&start, &end, reverse).map(Result::unwrap);
        let found: Vec<_> = found.map(|(key, row)| (key, (row.version, row.value.unwrap()))).collect();
        let mut expected: Vec<_> = all.iter().map(|(key, row)| (key.clone(), row.clone())).collect();
        if reverse {
            expected.reverse();
        }
        assert_eq!(found, expected);
    }
    for index in 0..300 {
        let found = view.get(&key(index)).unwrap().map(|row| (row.version, row.value.unwrap()));
        assert_eq!(found.as_ref(), all.get(&key(index)));
    }
}

fn copy_all(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_all(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn every_view_of_the_tree_keeps_what_it_saw_and_every_copy_opens() {
    for seed in 0..3 {
        let random = Random::seeded(seed);
        let dir = tempfile::tempdir().unwrap();
        let at = dir.path().join("index");
        let mut tree = Tree::open(&at, CACHE).unwrap();
        let mut all = Rows::new();
        let mut views: Vec<(Arc<dyn View>, Rows)> = Vec::new();
        for step in 1..60 {
            match random.u64() % 8 {
                0 => {
                    tree.compact().unwrap();
                }
                1 if !views.is_empty() => {
                    views.remove((random.u64() % views.len() as u64) as usize);
                }
                2 => {
                    views.clear();
                    drop(tree);
                    tree = Tree::open(&at, CACHE).unwrap();
                }
                _ => {
                    tree.fold(&draw(&random, step, &mut all)).unwrap();
                }
            }
            views.push((tree.view(), all.clone()));
            for (view, seen) in &views {
                assert_shows(&**view, seen);
            }
            let copy = dir.path().join(format!("copy-{step}"));
            copy_all(&at, &copy);
            assert_shows(&*Tree::open(&copy, CACHE).unwrap().view(), &all);
            std::fs::remove_dir_all(copy).unwrap();
        }
    }
}

#[test]
fn the_flat_base_does_what_the_tree_does() {
    let random = Random::seeded(1);
    let disk = SimDisk::new();
    let mut flat = Flat::open(Arc::new(disk.clone())).unwrap();
    let mut all = Rows::new();
    for step in 1..10 {
        let before = (flat.view(), all.clone());
        flat.fold(&draw(&random, step, &mut all)).unwrap();
        assert_shows(&*before.0, &before.1);
        assert_shows(&*flat.view(), &all);
        flat = Flat::open(Arc::new(disk.clone())).unwrap();
        assert_shows(&*flat.view(), &all);
    }
}

#[test]
fn a_state_merges_its_layers() {
    let random = Random::seeded(2);
    let flat = Flat::open(Arc::new(SimDisk::new())).unwrap();
    let mut all = Rows::new();
    flat.fold(&draw(&random, 1, &mut all)).unwrap();
    let folding = Some(draw(&random, 2, &mut all));
    let map = draw(&random, 3, &mut all);
    let state = State { position: 3, map, folding, view: flat.view(), generation: 1 };
    let (start, end) = (key(50), key(250));
    for reverse in [false, true] {
        let found: Vec<_> = state.range(&start, &end, reverse).map(Result::unwrap).collect();
        let rows = all.range(start.clone()..end.clone());
        let mut expected: Vec<_> =
            rows.map(|(key, (version, value))| (key.clone(), *version, value.clone())).collect();
        if reverse {
            expected.reverse();
        }
        assert_eq!(found, expected);
    }
    for index in 0..300 {
        let found = state.get(&key(index)).unwrap().map(|row| (row.version, row.value.unwrap()));
        assert_eq!(found.as_ref(), all.get(&key(index)));
    }
    assert_eq!(state.range(&end, &start, false).count(), 0);
}
