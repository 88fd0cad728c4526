//! Virtual MFA devices: made, enabled by two codes, asked for a code, refused.

use std::time::Duration;

use ports::{Principal, Principals};

use crate::harness::{World, allow, policy, root, world};

const STEP: Duration = Duration::from_secs(30);

/// The seed of a device, from the base 32 that an answer holds in base 64.
fn seed(base64: &str) -> Vec<u8> {
    let text = base64_simd::STANDARD.decode_to_vec(base64).unwrap();
    let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    let mut bits = String::new();
    for letter in String::from_utf8(text).unwrap().chars() {
        bits.push_str(&format!("{:05b}", letters.find(letter).unwrap()));
    }
    (0..bits.len() / 8).map(|at| u8::from_str_radix(&bits[at * 8..at * 8 + 8], 2).unwrap()).collect()
}

/// The code of a seed, so many steps from now.
fn code(world: &World, seed: &[u8], steps: i64) -> String {
    let step = world.clock.wall().as_secs() / 30 + steps;
    let digest = crypt::hmac_sha1(seed, &step.to_be_bytes());
    let at = usize::from(digest[19] & 15);
    let number = u32::from_be_bytes(digest[at..at + 4].try_into().unwrap()) & 0x7fff_ffff;
    format!("{:06}", number % 1_000_000)
}

/// A device of the user's (or the root's, under `root`): its serial number and seed.
async fn device(world: &World, name: &str, user: &str) -> (String, Vec<u8>) {
    let made = world.iam("CreateVirtualMFADevice", &[("VirtualMFADeviceName", name)]).await.ok();
    let (serial, seed) = (made.one("SerialNumber"), seed(&made.one("Base32StringSeed")));
    assert_eq!(serial, format!("arn:aws:iam::000000000000:mfa/{name}"));
    let (one, two) = (code(world, &seed, -1), code(world, &seed, 0));
    let enable = |one: String, two: String| {
        let serial = serial.clone();
        async move {
            let members = [
                ("UserName", user),
                ("SerialNumber", serial.as_str()),
                ("AuthenticationCode1", one.as_str()),
                ("AuthenticationCode2", two.as_str()),
            ];
            world.iam("EnableMFADevice", &members).await
        }
    };
    enable(two.clone(), one.clone()).await.refused("InvalidAuthenticationCode");
    enable(one.clone(), two.clone()).await.ok();
    enable(one, two).await.refused("EntityAlreadyExists");
    world.clock.pass(STEP);
    (serial, seed)
}

#[tokio::test]
async fn a_device_is_listed_and_goes_when_nobody_has_it() {
    let world = world();
    world.user("alice", None).await;
    let (serial, _) = device(&world, "phone", "alice").await;
    let listed = world.iam("ListMFADevices", &[("UserName", "alice")]).await.ok();
    assert_eq!((listed.one("SerialNumber"), listed.one("UserName")), (serial.clone(), "alice".to_owned()));
    let unassigned = world.iam("ListVirtualMFADevices", &[("AssignmentStatus", "Unassigned")]).await.ok();
    assert_eq!(unassigned.all("SerialNumber").len(), 0);
    assert_eq!(world.iam("ListVirtualMFADevices", &[]).await.ok().all("SerialNumber").len(), 1);
    world
        .iam("CreateVirtualMFADevice", &[("VirtualMFADeviceName", "phone")])
        .await
        .refused("EntityAlreadyExists");

    world.iam("DeleteVirtualMFADevice", &[("SerialNumber", &serial)]).await.refused("DeleteConflict");
    let of_alice = [("UserName", "alice"), ("SerialNumber", serial.as_str())];
    world.iam("DeactivateMFADevice", &of_alice).await.ok();
    world.iam("DeleteVirtualMFADevice", &[("SerialNumber", &serial)]).await.ok();
    world.iam("GetMFADevice", &[("SerialNumber", &serial)]).await.refused("NoSuchEntity");
}

#[tokio::test]
async fn a_code_counts_once_and_for_its_holder_alone() {
    let world = world();
    let (serial, seed) = device(&world, "safe", "root").await;
    let root = Principal::root(base::AccountId::DEFAULT);
    let other = Principal::root(base::AccountId::from_u64(42).unwrap());
    let now = code(&world, &seed, 0);
    assert!(!world.identity.take_code(&other, &serial, &now).await.unwrap());
    assert!(!world.identity.take_code(&root, "arn:aws:iam::000000000000:mfa/none", &now).await.unwrap());
    assert!(!world.identity.take_code(&root, &serial, "000000").await.unwrap());
    assert!(Principals::take_code(&*world.identity, &root, &serial, &now).await.unwrap());
    assert!(!world.identity.take_code(&root, &serial, &now).await.unwrap(), "a second time");
    assert!(!world.identity.take_code(&root, &serial, &code(&world, &seed, 5)).await.unwrap(), "not yet");
    world.clock.pass(STEP * 10);
    assert!(
        world.identity.take_code(&root, &serial, &code(&world, &seed, -1)).await.unwrap(),
        "a slow device"
    );
}

#[tokio::test]
async fn codes_cannot_be_guessed_and_used_ones_never_come_back() {
    let world = world();
    let (serial, seed) = device(&world, "safe", "root").await;
    let root = Principal::root(base::AccountId::DEFAULT);
    let (one, two) = (code(&world, &seed, -2), code(&world, &seed, -1));
    let resync = [
        ("UserName", "root"),
        ("SerialNumber", serial.as_str()),
        ("AuthenticationCode1", one.as_str()),
        ("AuthenticationCode2", two.as_str()),
    ];
    world.iam("ResyncMFADevice", &resync).await.refused("InvalidAuthenticationCode");
    for _ in 0..5 {
        assert!(!world.identity.take_code(&root, &serial, "wrong!").await.unwrap());
    }
    let right = code(&world, &seed, 0);
    assert!(!world.identity.take_code(&root, &serial, &right).await.unwrap(), "a pause is on");
    world.clock.pass(STEP);
    assert!(world.identity.take_code(&root, &serial, &code(&world, &seed, 0)).await.unwrap());
}

#[tokio::test]
async fn sessions_with_a_code_are_told_from_others() {
    let world = world();
    let with_code = policy(
        r#"{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"}}}"#,
    );
    let alice = world.user("alice", Some(&with_code)).await;
    let (serial, seed) = device(&world, "phone", "alice").await;
    let bare = world.call(&alice, "sts", "GetSessionToken", &[]).await.ok().key();
    world.may(&bare, "s3:GetObject", "arn:aws:s3:::b/k").await.unwrap_err();
    let now = code(&world, &seed, 0);
    let wrong = [("SerialNumber", serial.as_str()), ("TokenCode", "000000")];
    world.call(&alice, "sts", "GetSessionToken", &wrong).await.refused("AccessDenied");
    let members = [("SerialNumber", serial.as_str()), ("TokenCode", now.as_str())];
    let session = world.call(&alice, "sts", "GetSessionToken", &members).await.ok().key();
    world.may(&session, "s3:GetObject", "arn:aws:s3:::b/k").await.unwrap();

    let trusting = policy(
        r#"{"Effect":"Allow","Principal":{"AWS":"000000000000"},"Action":"sts:AssumeRole","Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"}}}"#,
    );
    let role = world.role("R", &trusting, &allow("s3:*", "*")).await;
    world.assume(&root(), &role, &[]).await.refused("AccessDenied");
    let (serial, seed) = device(&world, "safe", "root").await;
    let now = code(&world, &seed, 0);
    world.assume(&root(), &role, &[("SerialNumber", &serial), ("TokenCode", &now)]).await.ok();
}
