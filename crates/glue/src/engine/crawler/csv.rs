//! Separated values: which separator, whether there is a header, which types.

use super::kinds::{Column, Kind};

/// Separators that are tried.
const DELIMITERS: [char; 5] = [',', '|', '\t', ';', '\u{1}'];
/// A header's names are shorter than this.
const HEADER_LEN_MAX: usize = 150;
/// Share of rows that must have as many columns as the first.
const REGULAR_PERCENT: usize = 90;

/// What a classifier of the user's says.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The separator.
    pub delimiter: Option<char>,
    /// The quote.
    pub quote: Option<char>,
    /// The names of the columns.
    pub header: Vec<String>,
    /// Whether there is a header line; if not said, it is found out.
    pub contains_header: Option<bool>,
    /// Take files of one column too.
    pub single_column: bool,
    /// Leave white space around values.
    pub untrimmed: bool,
}

/// What was found.
#[derive(Clone, PartialEq, Debug)]
pub struct Csv {
    /// The separator.
    pub delimiter: char,
    /// The quote.
    pub quote: char,
    /// Whether the first line names the columns.
    pub header: bool,
    /// Whether any value is quoted.
    pub quoted: bool,
    /// The columns.
    pub columns: Vec<Column>,
    /// How many rows were looked at.
    pub rows: usize,
}

/// Looks at the beginning of a file; `whole` if that is all of it.
pub fn infer(text: &str, whole: bool, options: &Options) -> Option<Csv> {
    let quote = options.quote.unwrap_or('"');
    let tried = options.delimiter.map_or_else(|| DELIMITERS.to_vec(), |one| vec![one]);
    let mut best: Option<(usize, char, Vec<Vec<String>>)> = None;
    for delimiter in tried {
        let mut rows = rows(text, delimiter, quote);
        if !whole && rows.len() > 1 {
            rows.pop();
        }
        let width = rows.first().map_or(0, Vec::len);
        let regular = rows.iter().filter(|row| row.len() == width).count();
        let wide = width >= if options.single_column { 1 } else { 2 };
        let enough = rows.len() >= 2 && regular * 100 >= rows.len() * REGULAR_PERCENT;
        if wide && enough && best.as_ref().is_none_or(|(best, ..)| width > *best) {
            best = Some((width, delimiter, rows));
        }
    }
    let (width, delimiter, rows) = best?;
    let trimmed = |value: &str| if options.untrimmed { value.to_owned() } else { value.trim().to_owned() };
    let is_header = options.contains_header.unwrap_or_else(|| has_header(&rows));
    let body = &rows[usize::from(is_header)..];
    let names: Vec<String> = if options.header.is_empty() {
        if is_header { rows[0].iter().map(|name| trimmed(name).to_lowercase()).collect() } else { Vec::new() }
    } else {
        options.header.clone()
    };
    let column = |place: usize| {
        let mut kind = Kind::Unknown;
        for row in body {
            let value = row.get(place).map(|value| value.trim()).unwrap_or_default();
            if !value.is_empty() {
                kind = kind.or(kind_of(value));
            }
        }
        let name = names.get(place).filter(|name| !name.is_empty()).cloned();
        Column { name: name.unwrap_or_else(|| format!("col{place}")), kind }
    };
    let columns = (0..width).map(column).collect();
    Some(Csv { delimiter, quote, header: is_header, quoted: text.contains(quote), columns, rows: body.len() })
}

fn kind_of(value: &str) -> Kind {
    let digits = value.strip_prefix(['-', '+']).unwrap_or(value);
    if value.parse::<i64>().is_ok() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Kind::Long;
    }
    let numeric =
        digits.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E' | b'-' | b'+'));
    if numeric && value.parse::<f64>().is_ok() { Kind::Double } else { Kind::Text }
}

/// Row one is all texts that could be names (the last may be empty), and a later row has something else.
fn has_header(rows: &[Vec<String>]) -> bool {
    let Some((first, rest)) = rows.split_first() else { return false };
    let is_name = |(place, value): (usize, &String)| {
        let value = value.trim();
        if value.is_empty() {
            return place + 1 == first.len();
        }
        let named = value
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | ' ' | '.' | '/' | '(' | ')'));
        value.chars().count() < HEADER_LEN_MAX && named && kind_of(value) == Kind::Text
    };
    let names = first.iter().enumerate().all(is_name);
    let differs = |row: &Vec<String>| {
        row.iter().any(|value| !value.trim().is_empty() && kind_of(value.trim()) != Kind::Text)
    };
    names && rest.iter().any(differs)
}

fn rows(text: &str, delimiter: char, quote: char) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    let mut row = Vec::new();
    let mut value = String::new();
    let mut quoted = false;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if quoted {
            match c {
                c if c == quote && chars.peek() == Some(&quote) => {
                    value.push(quote);
                    chars.next();
                }
                c if c == quote => quoted = false,
                c => value.push(c),
            }
        } else if c == quote && value.trim().is_empty() {
            value.clear();
            quoted = true;
        } else if c == delimiter {
            row.push(std::mem::take(&mut value));
        } else if c == '\n' {
            if value.ends_with('\r') {
                value.pop();
            }
            row.push(std::mem::take(&mut value));
            let complete = std::mem::take(&mut row);
            if complete.len() > 1 || complete.first().is_some_and(|one| !one.is_empty()) {
                rows.push(complete);
            }
        } else {
            value.push(c);
        }
    }
    if !value.is_empty() || !row.is_empty() {
        row.push(value);
        rows.push(row);
    }
    rows
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(csv: &Csv) -> Vec<String> {
        csv.columns.iter().map(|column| format!("{}:{}", column.name, column.kind.text())).collect()
    }

    #[test]
    fn a_header_is_told_from_values() {
        let csv = infer("id,name,score\n1,Ann,1.5\n2,Bob,2\n", true, &Options::default()).unwrap();
        assert_eq!(shown(&csv), ["id:bigint", "name:string", "score:double"]);
        assert!(csv.header && csv.delimiter == ',');
        let csv = infer("a|b\nc|d\n", true, &Options::default()).unwrap();
        assert_eq!(
            (shown(&csv), csv.header),
            (vec!["col0:string".to_owned(), "col1:string".to_owned()], false)
        );
        let csv = infer("x;\"a;b\"\"c\"\ny;2\n", true, &Options::default()).unwrap();
        assert_eq!((csv.columns.len(), csv.delimiter, csv.quoted), (2, ';', true));
    }

    #[test]
    fn one_column_or_one_row_is_no_csv_unless_it_is_wanted() {
        assert_eq!(infer("a\nb\n", true, &Options::default()), None);
        assert_eq!(infer("a,b\n", true, &Options::default()), None);
        let single = Options { single_column: true, ..Options::default() };
        assert_eq!(infer("a\nb\n", true, &single).unwrap().columns.len(), 1);
    }

    proptest! {
        #[test]
        fn nothing_panics(text in "[a-b0-9,|\"\n\r\t. ]{0,60}", whole: bool) {
            let _ = infer(&text, whole, &Options::default());
        }
    }
}
