//! Rust names for the model's names.

/// Spellings that the rule below would cut in the wrong place.
const SPELLINGS: &[(&str, &str)] = &[
    ("ETag", "Etag"),
    ("SSEKMS", "SseKms"),
    ("AWSKMS", "AwsKms"),
    ("KiB", "Kib"),
    ("MBs", "Mbs"),
    ("IDs", "Ids"),
    ("ARNs", "Arns"),
    ("OpenX", "Openx"),
    ("IoT", "Iot"),
];

const KEYWORDS: &[&str] = &[
    "as", "async", "await", "box", "break", "const", "continue", "dyn", "else", "enum", "extern", "false",
    "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut",
    "override", "priv", "pub", "ref", "return", "static", "struct", "trait", "true", "try", "type", "typeof",
    "unsafe", "use", "virtual", "where", "while", "yield", "abstract", "become", "do",
];

/// `StreamARN` becomes `stream_arn`, `ChecksumCRC32C` `checksum_crc32c`: a word begins at a capital after a small letter, and at a
/// capital before a small letter; digits belong to the word before them.
pub fn snake(name: &str) -> String {
    let mut name = name.to_owned();
    for (from, to) in SPELLINGS {
        name = name.replace(from, to);
    }
    let letters: Vec<char> = name.chars().collect();
    let mut out = String::new();
    for (index, &letter) in letters.iter().enumerate() {
        if letter == '-' || letter == '.' || letter == '_' {
            out.push('_');
            continue;
        }
        let before = index.checked_sub(1).map(|index| letters[index]);
        let after = letters.get(index + 1);
        let small_after = after.is_some_and(char::is_ascii_lowercase);
        let begins = letter.is_ascii_uppercase()
            && before.is_some_and(|before| {
                before.is_ascii_lowercase() || (before.is_ascii_alphanumeric() && small_after)
            });
        if begins {
            out.push('_');
        }
        out.push(letter.to_ascii_lowercase());
    }
    out
}

/// A field's name.
pub fn field(name: &str) -> String {
    let name = snake(name);
    match KEYWORDS.contains(&name.as_str()) {
        true => format!("r#{name}"),
        false if name == "self" || name == "super" || name == "crate" => format!("{name}_"),
        false => name,
    }
}

/// A type's name.
pub fn r#type(name: &str) -> String {
    let mut letters = name.chars().filter(|letter| letter.is_ascii_alphanumeric());
    match letters.next() {
        Some(first) => first.to_ascii_uppercase().to_string() + &letters.collect::<String>(),
        None => String::new(),
    }
}

/// A constant's name.
pub fn constant(name: &str) -> String {
    snake(name).to_ascii_uppercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_begin_where_a_reader_sees_them_begin() {
        for (name, expected) in [
            ("StreamARN", "stream_arn"),
            ("ChecksumCRC32C", "checksum_crc32c"),
            ("ChecksumXXHASH128", "checksum_xxhash128"),
            ("ChecksumCRC64NVME", "checksum_crc64nvme"),
            ("SSEKMSKeyId", "sse_kms_key_id"),
            ("SSECustomerKeyMD5", "sse_customer_key_md5"),
            ("ETag", "etag"),
            ("S3DestinationConfiguration", "s3_destination_configuration"),
            ("KMSKeyARN", "kms_key_arn"),
            ("MaxRecordSizeInKiB", "max_record_size_in_kib"),
            ("Base64Encoded", "base64_encoded"),
        ] {
            assert_eq!(snake(name), expected);
        }
    }
}
