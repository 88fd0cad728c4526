//! ORC: postscript, footer and stripes as the specification has them. That its readers find the values is tried with pyarrow's (see the
//! example `convert`).

use ports::OrcCompression;

use crate::{begin, open_x, orc_format, whole};

/// A field of a protocol buffer: its number, and its value or bytes.
type Field<'b> = (u64, u64, &'b [u8]);

fn varint(bytes: &mut &[u8]) -> u64 {
    let (mut value, mut shift) = (0, 0);
    loop {
        let byte = bytes[0];
        *bytes = &bytes[1..];
        value |= u64::from(byte & 0x7f) << shift;
        shift += 7;
        if byte < 0x80 {
            return value;
        }
    }
}

fn fields(mut bytes: &[u8]) -> Vec<Field<'_>> {
    let mut fields = Vec::new();
    while !bytes.is_empty() {
        let key = varint(&mut bytes);
        match key & 7 {
            0 => fields.push((key >> 3, varint(&mut bytes), &[][..])),
            1 => {
                fields.push((key >> 3, 0, &bytes[..8]));
                bytes = &bytes[8..];
            }
            _ => {
                let length = varint(&mut bytes) as usize;
                fields.push((key >> 3, 0, &bytes[..length]));
                bytes = &bytes[length..];
            }
        }
    }
    fields
}

fn number(fields: &[Field<'_>], wanted: u64) -> u64 {
    fields.iter().find(|(number, _, _)| *number == wanted).map_or(0, |(_, value, _)| *value)
}

#[test]
fn a_file_ends_with_what_its_readers_begin_with() {
    let mut file =
        begin(&[("a", "array<int>"), ("s", "string")], open_x(), orc_format(OrcCompression::None)).unwrap();
    for row in 0..2_500 {
        file.push(format!("{{\"a\":[{row},null],\"s\":\"s{}\"}}", row % 3).as_bytes()).unwrap();
    }
    let bytes = whole(file);
    assert_eq!(&bytes[..3], b"ORC");
    let length = usize::from(bytes[bytes.len() - 1]);
    let end = bytes.len() - 1 - length;
    let script = fields(&bytes[end..bytes.len() - 1]);
    assert_eq!(script.last(), Some(&(8000, 0, &b"ORC"[..])));
    let footer_length = number(&script, 1) as usize;
    let metadata_length = number(&script, 5) as usize;
    let footer = fields(&bytes[end - footer_length..end]);
    assert_eq!(number(&footer, 6), 2_500, "rows");
    assert_eq!(number(&footer, 8), 1_000, "stride");
    let types = footer.iter().filter(|(number, _, _)| *number == 4).count();
    assert_eq!(types, 4, "the root, the list, its element, the string");
    assert_eq!(footer.iter().filter(|(number, _, _)| *number == 7).count(), types, "statistics of each");
    let stripe = fields(footer.iter().find(|(number, _, _)| *number == 3).unwrap().2);
    let lengths: u64 = (2..=4).map(|part| number(&stripe, part)).sum();
    assert_eq!(number(&stripe, 1), 3);
    assert_eq!(3 + lengths as usize, end - footer_length - metadata_length, "nothing lies between the parts");

    let tail = 3 + (number(&stripe, 2) + number(&stripe, 3)) as usize;
    let stripe_footer = fields(&bytes[tail..tail + number(&stripe, 4) as usize]);
    let streams: Vec<_> =
        stripe_footer.iter().filter(|(field, _, _)| *field == 1).map(|(_, _, bytes)| fields(bytes)).collect();
    let sum: u64 = streams.iter().map(|stream| number(stream, 3)).sum();
    assert_eq!(sum, number(&stripe, 2) + number(&stripe, 3), "the streams fill the stripe");
    let index = streams.iter().find(|stream| number(stream, 1) == 6).unwrap();
    let index = fields(&bytes[3..3 + number(index, 3) as usize]);
    assert_eq!(index.len(), 3, "one entry for each thousand rows");
}

#[test]
fn compressed_streams_are_smaller_and_say_so() {
    let size = |compression| {
        let mut file = begin(&[("s", "string")], open_x(), orc_format(compression)).unwrap();
        for row in 0..5_000 {
            file.push(format!("{{\"s\":\"the same words again and again {}\"}}", row / 2 * 2).as_bytes())
                .unwrap();
        }
        whole(file).len()
    };
    let plain = size(OrcCompression::None);
    assert!(size(OrcCompression::Zlib) < plain / 2);
    assert!(size(OrcCompression::Snappy) < plain);
}
