use super::*;
use proptest::prelude::*;

const IDENTITY: u64 = 0x5eed;

fn sample() -> (Header, Bytes) {
    let mut builder = Builder::new(BytesMut::new(), 7);
    builder.begin(1);
    builder.rows([(b"k".as_slice(), Some(b"v".as_slice())), (b"gone", None)].into_iter());
    builder.log(&LogChange::Create { log: LogId(3), first: Seq(10) });
    builder.append(
        LogId(3),
        Seq(10),
        99,
        &[Bytes::from_static(b"one"), Bytes::new(), Bytes::from_static(b"three")],
    );
    builder.log(&LogChange::Seal(LogId(3)));
    builder.end();
    builder.begin(2);
    builder.blob(BlobRef(5), b"blob");
    builder.count_blob(BlobRef(5), 2, None);
    builder.count_blob(BlobRef(6), 1, Some(1 << 20));
    builder.end();
    let (header, bytes, _) = builder.finish(2 * PAGE, IDENTITY);
    (header, bytes.freeze())
}

#[test]
fn a_frame_reads_back_as_it_was_built() {
    let (header, frame) = sample();
    assert_eq!(Header::decode(&frame, IDENTITY), Some(header));
    assert_eq!((header.place, header.position, header.count), (2 * PAGE, 7, 2));
    assert_eq!(frame.len() as u64, header.span());
    let entries: Vec<_> = entries(&frame, &header).map(Result::unwrap).collect();
    assert_eq!(entries.iter().map(|entry| (entry.position, entry.id)).collect::<Vec<_>>(), [(7, 1), (8, 2)]);

    let sections: Vec<_> = entries[0].sections().map(Option::unwrap).collect();
    let [Section::Rows(_), Section::Log(created), Section::Append(append), Section::Log(sealed)] =
        &sections[..]
    else {
        panic!("sections come in the order they were written");
    };
    assert_eq!(
        (*created, *sealed),
        (LogChange::Create { log: LogId(3), first: Seq(10) }, LogChange::Seal(LogId(3)))
    );
    let payloads: Vec<_> = append.payloads(1).map(|range| frame.slice(range)).collect();
    assert_eq!(payloads, [Bytes::new(), Bytes::from_static(b"three")]);
    assert_eq!((append.first, append.time_ms, append.count), (Seq(10), 99, 3));

    let Some(Some(Section::Rows(rows))) = entries[0].sections().next() else { panic!("rows come first") };
    let rows: Vec<_> = rows.map(Option::unwrap).collect();
    assert_eq!(rows, [(b"k".as_slice(), Some(b"v".as_slice())), (b"gone", None)]);

    let sections: Vec<_> = entries[1].sections().map(Option::unwrap).collect();
    let [
        Section::Blob { blob, at, bytes },
        Section::Count { references, file: None, .. },
        Section::Count { file: Some(file), .. },
    ] = &sections[..]
    else {
        panic!("sections come in the order they were written");
    };
    assert_eq!((*blob, *bytes, &frame[*at..at + 4]), (BlobRef(5), b"blob".as_slice(), b"blob".as_slice()));
    assert_eq!((*references, *file), (2, 1 << 20));
}

#[test]
fn another_directory_s_frame_is_none_of_ours() {
    let (_, frame) = sample();
    assert_eq!(Header::decode(&frame, IDENTITY + 1), None);
}

#[test]
fn a_flipped_bit_in_the_header_is_noticed() {
    let (_, frame) = sample();
    for bit in 0..HEADER * 8 {
        let mut bytes = frame.to_vec();
        bytes[bit / 8] ^= 1 << (bit % 8);
        assert_eq!(Header::decode(&bytes, IDENTITY), None, "bit {bit}");
    }
}

proptest! {
    // A parser of bytes from disk may refuse anything, but never panics.
    #[test]
    fn garbage_never_panics(body in proptest::collection::vec(any::<u8>(), 0..300), count in 0u32..4) {
        let mut frame = vec![0; HEADER];
        frame.extend_from_slice(&body);
        let header = Header { place: 0, position: 1, count, body: body.len() as u32, body_crc: 0 };
        for entry in entries(&frame, &header).flatten() {
            for section in entry.sections().flatten() {
                match section {
                    Section::Rows(rows) => { rows.count(); }
                    Section::Append(append) => { for range in append.payloads(0) { let _ = &frame[range]; } }
                    Section::Log(_) | Section::Blob { .. } | Section::Count { .. } => {}
                }
            }
        }
    }
}

#[test]
fn a_large_part_is_summed_once_and_the_frame_is_whole_all_the_same() {
    let records: Vec<Bytes> = (0..300u32).map(|n| vec![n as u8; 1_000 + n as usize].into()).collect();
    let mut builder = Builder::new(BytesMut::new(), 1);
    for log in 0..3 {
        builder.begin(log);
        builder.rows([(b"k".as_slice(), Some(b"v".as_slice()))].into_iter());
        builder.append(LogId(log), Seq(5), 99, &records);
        builder.append(LogId(log), Seq(305), 99, &records[..2]);
        builder.blob(BlobRef(log), b"blob");
        builder.end();
    }
    let (header, bytes, notes) = builder.finish(PAGE, IDENTITY);
    let body = &bytes[HEADER..HEADER + header.body as usize];
    assert_eq!(crc32c::crc32c(body), header.body_crc);
    assert_eq!((notes.stretches.len(), notes.blobs.len()), (6, 3));
    for stretch in &notes.stretches {
        let part = &bytes[stretch.at as usize..][..stretch.bytes as usize];
        assert_eq!(crc32c::crc32c(part), stretch.crc);
        let payloads: Vec<&[u8]> = stretch.payloads(part).collect();
        assert_eq!(
            payloads,
            records[..stretch.count as usize].iter().map(|record| &record[..]).collect::<Vec<_>>()
        );
    }
    for blob in &notes.blobs {
        assert_eq!(&bytes[blob.at as usize..][..blob.bytes as usize], b"blob");
        assert_eq!(blob.crc, crc32c::crc32c(b"blob"));
    }
}
