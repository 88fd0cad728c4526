//! Uniform scaling: which shards UpdateShardCount splits and merges.
//!
//! Up: every open shard is split in the middle (more than once for more than twice as many), then adjacent pairs are merged, lowest first, down to the target. Down: pairs are merged, pass by
//! pass, lowest first. So sizes are equal for doubling and halving alone, as on AWS (facts section 6; which pairs AWS merges no source says).

use super::hash::HashRange;

/// One step of resharding. Numbers of new shards count up in the order of the steps, the lower half of a split first.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    /// Splits a shard; the upper half begins with `at`.
    Split {
        /// The shard.
        shard: u32,
        /// The first hash key of the upper half.
        at: u128,
    },
    /// Merges two shards.
    Merge {
        /// The shard with the lower hash keys.
        lower: u32,
        /// The shard that begins where it ends.
        upper: u32,
    },
}

/// The steps that lead from these open shards, in order of their hash keys, to `target` of them. `next` is the number of the next new shard.
pub fn uniform(open: &[(u32, HashRange)], mut next: u32, target: usize) -> Vec<Step> {
    assert!(target > 0, "a stream has at least one shard");
    let mut steps = Vec::new();
    let mut shards = open.to_vec();
    let mut fresh = || {
        next += 1;
        next - 1
    };
    loop {
        let before = shards.len();
        if target <= before {
            break;
        }
        let mut halves = Vec::with_capacity(shards.len() * 2);
        for (shard, range) in shards {
            let at = range.middle();
            if !range.splits_at(at) {
                // Split so often that hardly a hash key is left: it stays as it is.
                halves.push((shard, range));
                continue;
            }
            let (lower, upper) = range.split(at);
            steps.push(Step::Split { shard, at });
            halves.push((fresh(), lower));
            halves.push((fresh(), upper));
        }
        shards = halves;
        if shards.len() == before {
            break;
        }
    }
    while shards.len() > target {
        let mut merges = (shards.len() / 2).min(shards.len() - target);
        let mut after = Vec::with_capacity(shards.len());
        let mut rest = shards.into_iter();
        while let Some((lower, range)) = rest.next() {
            if merges == 0 {
                after.push((lower, range));
                continue;
            }
            let (upper, upper_range) = rest.next().expect("there are at least two shards a merge");
            merges -= 1;
            steps.push(Step::Merge { lower, upper });
            let joined = range.join(&upper_range).expect("neighbours in order of their hash keys touch");
            after.push((fresh(), joined));
        }
        shards = after;
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn even(shards: u32) -> Vec<(u32, HashRange)> {
        (0..).zip(HashRange::even(shards)).collect()
    }

    /// How many shards there have been in all once the steps are done.
    fn total(from: u32, to: usize) -> usize {
        let created = |step: &Step| match step {
            Step::Split { .. } => 2,
            Step::Merge { .. } => 1,
        };
        from as usize + uniform(&even(from), from, to).iter().map(created).sum::<usize>()
    }

    // Counts seen on AWS (facts section 6).
    #[test]
    fn totals_are_those_of_aws() {
        let seen = [(2, 4, 6), (4, 5, 15), (10, 13, 37), (4, 2, 6), (5, 3, 7), (10, 3, 17)];
        for (from, to, after) in seen {
            assert_eq!(total(from, to), after, "{from} to {to}");
        }
    }

    #[test]
    fn the_same_target_takes_no_steps() {
        assert_eq!(uniform(&even(7), 7, 7), []);
    }

    proptest! {
        #[test]
        fn any_target_is_reached(from in 1u32..60, percent in 50usize..=900) {
            let to = (from as usize * percent / 100).max(1);
            let mut shards = even(from);
            let mut next = from;
            for step in uniform(&even(from), from, to) {
                let position = |number| shards.iter().position(|(shard, _)| *shard == number).unwrap();
                match step {
                    Step::Split { shard, at } => {
                        let at_index = position(shard);
                        prop_assert!(shards[at_index].1.splits_at(at));
                        let (lower, upper) = shards[at_index].1.split(at);
                        shards.splice(at_index..=at_index, [(next, lower), (next + 1, upper)]);
                        next += 2;
                    }
                    Step::Merge { lower, upper } => {
                        let at_index = position(lower);
                        prop_assert_eq!(position(upper), at_index + 1);
                        let joined = shards[at_index].1.join(&shards[at_index + 1].1).unwrap();
                        shards.splice(at_index..=at_index + 1, [(next, joined)]);
                        next += 1;
                    }
                }
            }
            prop_assert_eq!(shards.len(), to);
            prop_assert!(super::super::stream::covers_everything(shards.iter().map(|(_, range)| *range)));
        }
    }
}
