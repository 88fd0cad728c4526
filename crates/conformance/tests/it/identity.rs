//! Who is calling, through the whole path.

use conformance::{Client, Server, sign::Credentials};

const FORM: &str = "Action=GetCallerIdentity&Version=2011-06-15";

#[test]
fn the_caller_is_the_root_of_the_account_that_signed() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(&dir.path().join("data"), &[]);
    let answer = server.client().query("sts", FORM).unwrap().ok();
    assert_eq!(answer.header("content-type"), Some("text/xml"));
    assert_eq!(answer.elements("Arn"), ["arn:aws:iam::000000000000:root"]);
    assert_eq!(answer.elements("Account"), ["000000000000"]);
    assert_eq!(answer.elements("RequestId").len(), 1);
    let other = Client::with(server.address, Credentials::new("123456789012", "test"));
    assert_eq!(other.query("sts", FORM).unwrap().ok().elements("UserId"), ["123456789012"]);
}

#[test]
fn a_wrong_secret_or_an_unknown_key_is_refused_as_aws_does() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(&dir.path().join("data"), &[]);
    for (id, secret, code) in
        [("test", "wrong", "SignatureDoesNotMatch"), ("AKIAIOSFODNN7EXAMPLE", "test", "InvalidClientTokenId")]
    {
        let client = Client::with(server.address, Credentials::new(id, secret));
        let answer = client.query("sts", FORM).unwrap();
        assert_eq!((answer.status, answer.elements("Code")), (403, vec![code.to_owned()]));
    }
}

#[test]
fn what_is_not_built_says_so_in_the_service_s_own_form() {
    let dir = tempfile::tempdir().unwrap();
    let server = Server::start(&dir.path().join("data"), &[]);
    let form = "Action=AssumeRoot&Version=2011-06-15&TargetPrincipal=000000000000&TaskPolicyArn.arn=arn:aws:iam::aws:policy/root-task/IAMAuditRootUserCredentials";
    let answer = server.client().query("sts", form).unwrap();
    assert_eq!((answer.status, answer.elements("Code")), (501, vec!["NotImplemented".to_owned()]));
}
