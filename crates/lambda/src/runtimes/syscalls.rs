//! Which system calls a sandboxed function has not: those with which it would get at more of the kernel than its work needs. Namespaces above all: in one
//! of its own it would be root again, over nothing of ours, but before much more code of the kernel.
//!
//! What is refused fails with EPERM, as it does for want of a privilege. `clone3` fails with ENOSYS: its flags lie in memory, where a filter cannot see
//! them, and every C library falls back to `clone` then, whose flags it can.

use std::collections::BTreeMap;
use std::io;

use seccompiler::{
    BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule,
    TargetArch,
};

/// System calls that always fail.
const REFUSED: &[libc::c_long] = &[
    // Namespaces and mounts.
    libc::SYS_unshare,
    libc::SYS_setns,
    libc::SYS_mount,
    libc::SYS_umount2,
    libc::SYS_pivot_root,
    libc::SYS_chroot,
    libc::SYS_fsopen,
    libc::SYS_fsconfig,
    libc::SYS_fsmount,
    libc::SYS_fspick,
    libc::SYS_move_mount,
    libc::SYS_open_tree,
    libc::SYS_mount_setattr,
    libc::SYS_open_by_handle_at,
    // Programs, keys and counters in the kernel.
    libc::SYS_bpf,
    libc::SYS_perf_event_open,
    libc::SYS_add_key,
    libc::SYS_request_key,
    libc::SYS_keyctl,
    libc::SYS_userfaultfd,
    libc::SYS_io_uring_setup,
    libc::SYS_io_uring_enter,
    libc::SYS_io_uring_register,
    // Other processes.
    libc::SYS_ptrace,
    libc::SYS_process_vm_readv,
    libc::SYS_process_vm_writev,
    libc::SYS_kcmp,
    // The machine.
    libc::SYS_init_module,
    libc::SYS_finit_module,
    libc::SYS_delete_module,
    libc::SYS_kexec_load,
    libc::SYS_reboot,
    libc::SYS_swapon,
    libc::SYS_swapoff,
    libc::SYS_acct,
    libc::SYS_quotactl,
    libc::SYS_settimeofday,
    libc::SYS_clock_settime,
    libc::SYS_syslog,
    libc::SYS_vhangup,
];
/// Flags of `clone` that ask for a namespace.
const NAMESPACES: &[libc::c_int] = &[
    libc::CLONE_NEWUSER,
    libc::CLONE_NEWNS,
    libc::CLONE_NEWPID,
    libc::CLONE_NEWNET,
    libc::CLONE_NEWIPC,
    libc::CLONE_NEWUTS,
    libc::CLONE_NEWCGROUP,
];

/// Refuses them from here on, to this process and whatever it starts. Nothing on machines for which nobody has written down the numbers.
pub(super) fn refuse() -> io::Result<()> {
    let Ok(machine) = TargetArch::try_from(std::env::consts::ARCH) else { return Ok(()) };
    let mut refused: BTreeMap<i64, Vec<SeccompRule>> = BTreeMap::new();
    for call in REFUSED {
        refused.insert(*call, Vec::new());
    }
    let namespace = |flag: &libc::c_int| -> io::Result<SeccompRule> {
        let flag = u64::from(flag.unsigned_abs());
        let asks = SeccompCmpOp::MaskedEq(flag);
        let condition =
            SeccompCondition::new(0, SeccompCmpArgLen::Qword, asks, flag).map_err(io::Error::other)?;
        SeccompRule::new(vec![condition]).map_err(io::Error::other)
    };
    refused.insert(libc::SYS_clone, NAMESPACES.iter().map(namespace).collect::<io::Result<_>>()?);
    let unknown = BTreeMap::from([(libc::SYS_clone3, Vec::new())]);
    for (calls, errno) in [(refused, libc::EPERM), (unknown, libc::ENOSYS)] {
        let action = SeccompAction::Errno(errno.unsigned_abs());
        let filter = SeccompFilter::new(calls, SeccompAction::Allow, action, machine);
        let filter: BpfProgram = filter.and_then(BpfProgram::try_from).map_err(io::Error::other)?;
        seccompiler::apply_filter(&filter).map_err(io::Error::other)?;
    }
    Ok(())
}
