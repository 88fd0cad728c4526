//! Two texts, line by line, in the unified form.

/// Lines around a change.
const CONTEXT: usize = 3;
/// Above so many pairs of lines all of both texts is taken as one change.
const PAIRS_MAX: usize = 4_000_000;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Step<'t> {
    Same(&'t str),
    Less(&'t str),
    More(&'t str),
}

/// The difference of two texts; empty if there is none.
pub fn unified(first: &str, second: &str) -> String {
    let (a, b): (Vec<&str>, Vec<&str>) = (first.lines().collect(), second.lines().collect());
    let steps = steps(&a, &b);
    let mut out = String::new();
    let mut at = 0;
    // How many lines of either text lie before a step.
    let (mut line_a, mut line_b) = (0, 0);
    while let Some(change) = steps[at..].iter().position(|step| !matches!(step, Step::Same(_))) {
        let begin = at + change.saturating_sub(CONTEXT);
        for _ in at..begin {
            line_a += 1;
            line_b += 1;
        }
        let mut end = at + change;
        let mut quiet = 0;
        while end < steps.len() && quiet <= 2 * CONTEXT {
            quiet = if matches!(steps[end], Step::Same(_)) { quiet + 1 } else { 0 };
            end += 1;
        }
        let end = end - quiet.saturating_sub(CONTEXT);
        let hunk = &steps[begin..end];
        let of_a = hunk.iter().filter(|step| !matches!(step, Step::More(_))).count();
        let of_b = hunk.iter().filter(|step| !matches!(step, Step::Less(_))).count();
        let start = |line: usize, count: usize| if count == 0 { line } else { line + 1 };
        out.push_str(&format!("@@ -{},{of_a} +{},{of_b} @@\n", start(line_a, of_a), start(line_b, of_b)));
        for step in hunk {
            let (mark, line) = match step {
                Step::Same(line) => (' ', line),
                Step::Less(line) => ('-', line),
                Step::More(line) => ('+', line),
            };
            out.push(mark);
            out.push_str(line);
            out.push('\n');
        }
        line_a += of_a;
        line_b += of_b;
        at = end;
    }
    out
}

fn steps<'t>(a: &[&'t str], b: &[&'t str]) -> Vec<Step<'t>> {
    if a.len().saturating_mul(b.len()) > PAIRS_MAX {
        return a.iter().map(|line| Step::Less(line)).chain(b.iter().map(|line| Step::More(line))).collect();
    }
    // The longest common part of what follows each pair of lines.
    let width = b.len() + 1;
    let mut longest = vec![0u32; (a.len() + 1) * width];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            longest[i * width + j] = match a[i] == b[j] {
                true => longest[(i + 1) * width + j + 1] + 1,
                false => longest[(i + 1) * width + j].max(longest[i * width + j + 1]),
            };
        }
    }
    let (mut i, mut j, mut steps) = (0, 0, Vec::new());
    while i < a.len() || j < b.len() {
        if i < a.len() && j < b.len() && a[i] == b[j] {
            steps.push(Step::Same(a[i]));
            i += 1;
            j += 1;
        } else if j >= b.len() || (i < a.len() && longest[(i + 1) * width + j] >= longest[i * width + j + 1])
        {
            steps.push(Step::Less(a[i]));
            i += 1;
        } else {
            steps.push(Step::More(b[j]));
            j += 1;
        }
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_stands_among_its_neighbours() {
        let before = "1\n2\n3\n4\n5\n6\n7\n8\n9\n";
        let after = "1\n2\n3\n4\n5a\n6\n7\n8\n9\n";
        assert_eq!(unified(before, after), "@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+5a\n 6\n 7\n 8\n");
        assert_eq!(unified(before, before), "");
        assert_eq!(unified("", "x"), "@@ -0,0 +1,1 @@\n+x\n");
    }
}
