//! CloudWatch metrics and logs, as far as the other services report to them.
