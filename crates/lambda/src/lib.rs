//! Lambda: functions as child processes of this machine.
