//! Shard-level metrics that can be switched on: names, and a set of them in a byte.

/// Every metric, in the order of their bits. `ALL` on the wire means all of them.
pub const METRICS: [&str; 7] = [
    "IncomingBytes",
    "IncomingRecords",
    "OutgoingBytes",
    "OutgoingRecords",
    "WriteProvisionedThroughputExceeded",
    "ReadProvisionedThroughputExceeded",
    "IteratorAgeMilliseconds",
];

/// A set of metrics, as the stream's row keeps it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct MetricSet(pub u8);

impl MetricSet {
    const ALL: MetricSet = MetricSet((1 << METRICS.len()) - 1);

    /// The set of these names, which the model has checked.
    pub fn of(names: &[String]) -> Self {
        if names.iter().any(|name| name == "ALL") {
            return Self::ALL;
        }
        let bit = |name: &String| METRICS.iter().position(|metric| metric == name).map_or(0, |at| 1 << at);
        Self(names.iter().map(bit).fold(0, |set, bit| set | bit))
    }

    /// The names in it.
    pub fn names(self) -> Vec<String> {
        let named = |at: &usize| self.0 & (1 << at) != 0;
        (0..METRICS.len()).filter(named).map(|at| METRICS[at].to_owned()).collect()
    }

    /// Whether this one is in it.
    pub fn contains(self, name: &str) -> bool {
        METRICS.iter().position(|metric| *metric == name).is_some_and(|at| self.0 & (1 << at) != 0)
    }

    /// Both sets.
    pub fn with(self, other: MetricSet) -> Self {
        Self(self.0 | other.0)
    }

    /// This set without the other.
    pub fn without(self, other: MetricSet) -> Self {
        Self(self.0 & !other.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_are_seven() {
        let all = MetricSet::of(&["IncomingBytes".to_owned(), "ALL".to_owned()]);
        assert_eq!(all.names(), METRICS);
        assert_eq!(all.without(MetricSet::of(&["IncomingBytes".to_owned()])).names(), METRICS[1..]);
    }
}
