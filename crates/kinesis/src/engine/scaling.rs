//! Uniform scaling: which shards UpdateShardCount splits and merges.
//!
//! Up: every open shard is split in the middle (more than once for more than twice as many), then adjacent pairs are merged, lowest first, down to the target. Down: pairs are merged, pass by
//! pass, lowest first. So sizes are equal for doubling and halving alone, as on AWS (facts section 6; which pairs AWS merges no source says).

use minicbor::{Decode, Encode};

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

/// A scaling under way, as the stream's row keeps it between commits: how far it has come shows in the numbers of the open shards.
///
/// A pass splits every open shard, or merges pairs of them. What a pass makes has numbers from `pass_first` on, so what it has still to look at are
/// the open shards below that.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Encode, Decode)]
pub struct Scaling {
    /// How many shards there shall be.
    #[n(0)]
    pub target: u32,
    /// The number of the first shard that this pass made or will make.
    #[n(1)]
    pub pass_first: u32,
    /// Whether this pass splits; else it merges.
    #[n(2)]
    pub splitting: bool,
}

impl Scaling {
    /// Towards that many shards. `next` is the number of the next new shard.
    pub fn towards(target: u32, next: u32) -> Self {
        assert!(target > 0, "a stream has at least one shard");
        Self { target, pass_first: next, splitting: true }
    }

    /// At most `max` further steps from these open shards, in order of their hash keys; and what then is left to do, if anything is.
    pub fn slice(
        mut self,
        open: &[(u32, HashRange)],
        mut next: u32,
        max: usize,
    ) -> (Vec<Step>, Option<Self>) {
        let mut steps = Vec::new();
        let mut shards = open.to_vec();
        loop {
            let before = steps.len();
            let room = max - before;
            let done = if self.splitting {
                self.split_pass(&mut shards, &mut next, room, &mut steps)
            } else {
                self.merge_pass(&mut shards, &mut next, room, &mut steps)
            };
            if !done {
                return (steps, Some(self));
            }
            // A pass that only ends goes into the next one; that shards so small that none can be split are fewer than wanted ends splitting.
            let stuck = steps.len() == before && next == self.pass_first;
            let target = self.target as usize;
            match (self.splitting, shards.len() < target && !stuck) {
                (true, true) => {}
                (true, false) => self.splitting = false,
                (false, _) if shards.len() <= target => return (steps, None),
                (false, _) => {}
            }
            if !self.splitting && shards.len() <= target {
                return (steps, None);
            }
            self.pass_first = next;
        }
    }

    /// Splits what the pass has not split yet. Whether it is through.
    fn split_pass(
        self,
        shards: &mut Vec<(u32, HashRange)>,
        next: &mut u32,
        room: usize,
        steps: &mut Vec<Step>,
    ) -> bool {
        // No pass is needed, but one that has begun is ended.
        let begun = shards.iter().any(|(shard, _)| *shard >= self.pass_first);
        if shards.len() >= self.target as usize && !begun {
            return true;
        }
        let mut after = Vec::with_capacity(shards.len() * 2);
        let mut splits = 0;
        let mut done = true;
        for (shard, range) in shards.drain(..) {
            let at = range.middle();
            // Split in this pass already, or so often that hardly a hash key is left: it stays as it is.
            if shard >= self.pass_first || !range.splits_at(at) {
                after.push((shard, range));
            } else if splits == room {
                done = false;
                after.push((shard, range));
            } else {
                let (lower, upper) = range.split(at);
                steps.push(Step::Split { shard, at });
                after.extend([(*next, lower), (*next + 1, upper)]);
                *next += 2;
                splits += 1;
            }
        }
        *shards = after;
        done
    }

    /// Merges pairs that the pass has not merged yet. Whether it is through.
    fn merge_pass(
        self,
        shards: &mut Vec<(u32, HashRange)>,
        next: &mut u32,
        room: usize,
        steps: &mut Vec<Step>,
    ) -> bool {
        let mut wanted = shards.len().saturating_sub(self.target as usize);
        let mut after = Vec::with_capacity(shards.len());
        let mut merges = 0;
        let mut done = true;
        let mut rest = shards.drain(..).peekable();
        while let Some((lower, range)) = rest.next() {
            let pair = rest.peek().filter(|(upper, _)| lower < self.pass_first && *upper < self.pass_first);
            match pair.copied() {
                Some((upper, upper_range)) if wanted > 0 && merges < room => {
                    rest.next();
                    steps.push(Step::Merge { lower, upper });
                    let joined =
                        range.join(&upper_range).expect("neighbours in order of their hash keys touch");
                    after.push((*next, joined));
                    *next += 1;
                    (wanted, merges) = (wanted - 1, merges + 1);
                }
                Some(_) if wanted > 0 => {
                    done = false;
                    after.push((lower, range));
                }
                Some(_) | None => after.push((lower, range)),
            }
        }
        drop(rest);
        *shards = after;
        done
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn even(shards: u32) -> Vec<(u32, HashRange)> {
        (0..).zip(HashRange::even(shards)).collect()
    }

    fn uniform(open: &[(u32, HashRange)], next: u32, target: usize) -> Vec<Step> {
        let (steps, left) = Scaling::towards(target as u32, next).slice(open, next, usize::MAX);
        assert_eq!(left, None);
        steps
    }

    /// Does the steps.
    fn apply(shards: &mut Vec<(u32, HashRange)>, next: &mut u32, steps: &[Step]) {
        for step in steps {
            let position = |number: u32| shards.iter().position(|(shard, _)| *shard == number).unwrap();
            match *step {
                Step::Split { shard, at } => {
                    let index = position(shard);
                    assert!(shards[index].1.splits_at(at));
                    let (lower, upper) = shards[index].1.split(at);
                    shards.splice(index..=index, [(*next, lower), (*next + 1, upper)]);
                    *next += 2;
                }
                Step::Merge { lower, upper } => {
                    let index = position(lower);
                    assert_eq!(position(upper), index + 1);
                    let joined = shards[index].1.join(&shards[index + 1].1).unwrap();
                    shards.splice(index..=index + 1, [(*next, joined)]);
                    *next += 1;
                }
            }
        }
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
            apply(&mut shards, &mut next, &uniform(&even(from), from, to));
            prop_assert_eq!(shards.len(), to);
            prop_assert!(super::super::stream::covers_everything(shards.iter().map(|(_, range)| *range)));
        }

        /// Whatever the slices: the same steps, since all that is known between them is in the state and the open shards.
        #[test]
        fn slices_do_what_is_done_at_once(from in 1u32..40, percent in 50usize..=900, max in 1usize..9) {
            let to = (from as usize * percent / 100).max(1);
            let (mut shards, mut next) = (even(from), from);
            let mut steps = Vec::new();
            let mut left = Some(Scaling::towards(to as u32, from));
            while let Some(scaling) = left {
                let (slice, after) = scaling.slice(&shards, next, max);
                prop_assert!(slice.len() <= max && (after.is_none() || !slice.is_empty()));
                apply(&mut shards, &mut next, &slice);
                steps.extend(slice);
                left = after;
            }
            prop_assert_eq!(steps, uniform(&even(from), from, to));
        }
    }
}
