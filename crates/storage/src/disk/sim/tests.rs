use super::*;

fn read(disk: &SimDisk, path: &str) -> Option<Vec<u8>> {
    let file = disk.open(path).ok()?;
    let mut bytes = vec![0; file.len().unwrap() as usize];
    file.read_exact_at(0, &mut bytes).unwrap();
    Some(bytes)
}

/// What a file may hold after a cut at the end of the record, over many draws.
fn found(disk: &SimDisk, path: &str) -> BTreeSet<Option<Vec<u8>>> {
    let draws = (0..200).map(|seed| {
        let mut cuts = disk.power_cuts();
        read(&cuts.cut_at(disk.moment(), &Random::seeded(seed)), path)
    });
    draws.collect()
}

#[test]
fn what_was_synced_is_found_and_nothing_else_is_certain() {
    let disk = SimDisk::new();
    let file = disk.create_new("f").unwrap();
    file.write_at(0, b"one").unwrap();
    // The size may be on the disk without the bytes.
    let fresh = [Some(vec![]), Some(vec![0; 3]), Some(b"one".to_vec())];
    assert_eq!(found(&disk, "f"), fresh.clone().into_iter().chain([None]).collect());
    disk.sync_dir("").unwrap();
    assert_eq!(found(&disk, "f"), fresh.into());
    file.sync_data().unwrap();
    assert_eq!(found(&disk, "f"), BTreeSet::from([Some(b"one".to_vec())]));
    file.write_at(0, b"two").unwrap();
    file.write_at(0, b"six").unwrap();
    let either = [b"one", b"two", b"six"].map(|bytes| Some(bytes.to_vec()));
    assert_eq!(found(&disk, "f"), BTreeSet::from(either));
}

#[test]
fn a_page_may_be_torn_at_a_sector() {
    let disk = SimDisk::new();
    let file = disk.create_new("f").unwrap();
    file.allocate_zeroed(4096).unwrap();
    disk.sync_dir("").unwrap();
    file.write_at(0, &[1; 4096]).unwrap();
    let found = found(&disk, "f");
    assert!(found.len() > 3);
    for bytes in found.iter().flatten() {
        let ones = bytes.iter().take_while(|byte| **byte == 1).count();
        assert!(ones % 512 == 0 && bytes[ones..].iter().all(|byte| *byte == 0));
    }
}

#[test]
fn names_come_and_go_in_their_order() {
    let disk = SimDisk::new();
    disk.create_dir_all("d").unwrap();
    disk.create_new("d/a").unwrap();
    disk.create_new("d/b").unwrap();
    disk.remove("d/a").unwrap();
    assert_eq!(disk.list("d").unwrap(), ["b"]);
    let mut lists = BTreeSet::new();
    for seed in 0..100 {
        let mut cuts = disk.power_cuts();
        lists.insert(cuts.cut_at(disk.moment(), &Random::seeded(seed)).list("d").unwrap().join(" "));
    }
    assert_eq!(lists, ["", "a", "a b", "b"].map(str::to_owned).into());
    disk.sync_dir("d").unwrap();
    assert_eq!(disk.power_cuts().cut_at(disk.moment(), &Random::seeded(1)).list("d").unwrap(), ["b"]);
}

#[test]
fn a_failed_sync_loses_pages_that_read_well() {
    let disk = SimDisk::new();
    let file = disk.create_new("f").unwrap();
    file.allocate_zeroed(8192).unwrap();
    disk.sync_dir("").unwrap();
    file.write_at(0, &[1; 8192]).unwrap();
    let mut outcomes = BTreeSet::new();
    disk.fail_sync_after(0, Random::seeded(3));
    assert!(file.sync_data().is_err());
    file.sync_data().unwrap();
    assert_eq!(read(&disk, "f").unwrap(), [1; 8192]);
    outcomes.extend(found(&disk, "f"));
    assert_eq!(outcomes.len(), 1, "what is lost is lost for good");
    assert_ne!(outcomes.first().unwrap().as_deref().unwrap(), [1; 8192]);
}

#[test]
fn a_liar_keeps_nothing_for_certain() {
    let disk = SimDisk::liar();
    let file = disk.create_new("f").unwrap();
    file.write_at(0, b"one").unwrap();
    file.sync_data().unwrap();
    disk.sync_dir("").unwrap();
    assert!(found(&disk, "f").contains(&None));
}

#[test]
fn an_open_file_outlives_its_name_and_locks_exclude() {
    let disk = SimDisk::new();
    let file = disk.create_new("f").unwrap();
    file.write_at(0, b"one").unwrap();
    disk.remove("f").unwrap();
    let mut bytes = [0; 3];
    file.read_exact_at(0, &mut bytes).unwrap();
    assert_eq!(&bytes, b"one");
    assert_eq!(file.read_at(3, &mut bytes).unwrap(), 0);
    let held = Disk::lock(&disk, "LOCK").unwrap();
    assert!(Disk::lock(&disk, "LOCK").is_err());
    drop(held);
    assert!(Disk::lock(&disk, "LOCK").is_ok());
}

#[test]
fn a_killed_process_leaves_all_it_wrote_until_the_power_fails() {
    let disk = SimDisk::new();
    let file = disk.create_new("f").unwrap();
    file.write_at(0, b"one").unwrap();
    let killed = disk.power_cuts().kill_at(disk.moment());
    assert_eq!(read(&killed, "f").unwrap(), b"one");
    assert!(found(&killed, "f").contains(&None));
    killed.open("f").unwrap().sync_data().unwrap();
    killed.sync_dir("").unwrap();
    assert_eq!(found(&killed, "f"), BTreeSet::from([Some(b"one".to_vec())]));
}
