//! Web identities, vouched for by a provider that listens on this machine.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crypt::{KeyPair, Message, PairKind, Signing};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::harness::{Answer, World, allow, policy, root, world};

const OBJECT: &str = "arn:aws:s3:::b/a/x";
/// The wall's clock of the tests is the manual one.
const LATE: i64 = 1_999_999_999;

/// An identity provider: two documents over HTTP.
struct Provider {
    issuer: String,
    keys: Arc<Mutex<Value>>,
    asked: Arc<AtomicUsize>,
}

impl Provider {
    async fn start(keys: Value) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}/realms/r", listener.local_addr().unwrap());
        let (keys, asked) = (Arc::new(Mutex::new(keys)), Arc::new(AtomicUsize::new(0)));
        let provider = Self { issuer: issuer.clone(), keys: keys.clone(), asked: asked.clone() };
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut request = vec![0; 4_096];
                let length = stream.read(&mut request).await.unwrap();
                let request = String::from_utf8_lossy(&request[..length]).into_owned();
                let body = if request.starts_with("GET /realms/r/.well-known/openid-configuration ") {
                    asked.fetch_add(1, Ordering::SeqCst);
                    json!({"issuer": issuer, "jwks_uri": format!("{issuer}/keys")})
                } else if request.starts_with("GET /realms/r/keys ") {
                    keys.lock().unwrap().clone()
                } else {
                    json!({})
                };
                let body = body.to_string();
                let head = format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\n\r\n", body.len());
                stream.write_all(format!("{head}{body}").as_bytes()).await.unwrap();
            }
        });
        provider
    }

    fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }

    fn url(&self) -> &str {
        self.issuer.trim_start_matches("http://")
    }

    fn arn(&self) -> String {
        format!("arn:aws:iam::000000000000:oidc-provider/{}", self.url())
    }

    fn claims(&self) -> Value {
        json!({"iss": self.issuer, "sub": "repo:me", "aud": "app", "exp": LATE, "iat": 1_767_312_000})
    }
}

fn encoded(bytes: impl AsRef<[u8]>) -> String {
    base64_simd::URL_SAFE_NO_PAD.encode_to_string(bytes)
}

/// A signer of tokens and its JSON web key.
struct Signer {
    pair: KeyPair,
    algorithm: &'static str,
    id: &'static str,
}

impl Signer {
    fn ec(id: &'static str) -> Self {
        Self { pair: KeyPair::generate(PairKind::P256), algorithm: "ES256", id }
    }

    fn rsa(id: &'static str) -> Self {
        Self { pair: KeyPair::generate(PairKind::Rsa2048), algorithm: "RS256", id }
    }

    fn public(&self) -> Value {
        let public = self.pair.public();
        if self.algorithm == "ES256" {
            let (x, y) = public[public.len() - 64..].split_at(32);
            return json!({"kty": "EC", "crv": "P-256", "kid": self.id, "use": "sig", "x": encoded(x), "y": encoded(y)});
        }
        // 256 bytes of modulus before INTEGER 65537.
        let modulus = &public[public.len() - 5 - 256..public.len() - 5];
        json!({"kty": "RSA", "alg": "RS256", "kid": self.id, "n": encoded(modulus), "e": "AQAB"})
    }

    fn token(&self, claims: &Value) -> String {
        let head = json!({"alg": self.algorithm, "kid": self.id}).to_string();
        let signed = format!("{}.{}", encoded(head), encoded(claims.to_string()));
        let message = Message::Whole(signed.as_bytes());
        let signature = if self.algorithm == "ES256" {
            plain_signature(&self.pair.sign(Signing::EcdsaSha256, message).unwrap())
        } else {
            self.pair.sign(Signing::Pkcs1Sha256, message).unwrap()
        };
        format!("{signed}.{}", encoded(signature))
    }
}

/// The two numbers of a DER signature, each of 32 bytes.
fn plain_signature(der: &[u8]) -> Vec<u8> {
    let first = usize::from(der[3]);
    let (r, s) = (&der[4..4 + first], &der[4 + first + 2..]);
    let number = |bytes: &[u8]| {
        let mut number = [0; 32];
        let bytes = &bytes[bytes.len().saturating_sub(32)..];
        number[32 - bytes.len()..].copy_from_slice(bytes);
        number
    };
    [number(r), number(s)].concat()
}

fn key_set(signers: &[&Signer]) -> Value {
    json!({"keys": signers.iter().map(|signer| signer.public()).collect::<Vec<_>>()})
}

/// A world in which the provider is registered for `app`, and a role that trusts it.
async fn trusting(provider: &Provider, condition: &str, actions: &str) -> (World, String) {
    let world = world();
    let url = [("Url", provider.issuer.as_str()), ("ClientIDList.member.1", "app")];
    let arn = world.iam("CreateOpenIDConnectProvider", &url).await.ok().one("OpenIDConnectProviderArn");
    assert_eq!(arn, provider.arn());
    let trust = policy(&format!(
        r#"{{"Effect":"Allow","Principal":{{"Federated":"{arn}"}},"Action":{actions},"Condition":{condition}}}"#
    ));
    let role = world.role("Web", &trust, &allow("s3:GetObject", "*")).await;
    (world, role)
}

const ASSUME: &str = r#""sts:AssumeRoleWithWebIdentity""#;

async fn assume(world: &World, role: &str, token: &str) -> Answer {
    let members = [("RoleArn", role), ("RoleSessionName", "web"), ("WebIdentityToken", token)];
    world.call(&root(), "sts", "AssumeRoleWithWebIdentity", &members).await
}

#[tokio::test]
async fn who_a_provider_vouches_for_assumes_the_role_that_trusts_it() {
    for signer in [Signer::ec("one"), Signer::rsa("one")] {
        let provider = Provider::start(key_set(&[&signer])).await;
        let condition =
            format!(r#"{{"StringLike":{{"{url}:sub":"repo:*","{url}:aud":"app"}}}}"#, url = provider.url());
        let (world, role) = trusting(&provider, &condition, ASSUME).await;
        let answer = assume(&world, &role, &signer.token(&provider.claims())).await.ok();
        assert_eq!(answer.one("SubjectFromWebIdentityToken"), "repo:me");
        assert_eq!(
            (answer.one("Audience"), answer.one("Provider")),
            ("app".to_owned(), provider.issuer.clone())
        );
        assert_eq!(answer.one("Arn"), "arn:aws:sts::000000000000:assumed-role/Web/web");
        world.may(&answer.key(), "s3:GetObject", OBJECT).await.unwrap();
        world.may(&answer.key(), "s3:PutObject", OBJECT).await.unwrap_err();
        let mut other = provider.claims();
        other["sub"] = json!("user:me");
        let refused = assume(&world, &role, &signer.token(&other)).await;
        assert_eq!(
            refused.refused("AccessDenied"),
            "Not authorized to perform sts:AssumeRoleWithWebIdentity"
        );
        assert_eq!(provider.asked(), 1, "keys are kept");
    }
}

#[tokio::test]
async fn a_token_is_refused_for_what_is_wrong_with_it() {
    let (signer, stranger) = (Signer::ec("one"), Signer::ec("one"));
    let provider = Provider::start(key_set(&[&signer])).await;
    let (world, role) = trusting(&provider, "{}", ASSUME).await;
    let with = |name: &str, value: Value| {
        let mut claims = provider.claims();
        claims[name] = value;
        claims
    };
    let good = signer.token(&provider.claims());
    let refused = async |token: &str, code: &str| assume(&world, &role, token).await.refused(code);
    let text =
        refused(&signer.token(&with("iss", json!("http://127.0.0.1:1/x"))), "InvalidIdentityToken").await;
    assert_eq!(text, "No OpenIDConnect provider found in your account for http://127.0.0.1:1/x");
    let secure = provider.issuer.replace("http:", "https:");
    refused(&signer.token(&with("iss", json!(secure))), "InvalidIdentityToken").await;
    let text = refused(&signer.token(&with("aud", json!(["other"]))), "InvalidIdentityToken").await;
    assert_eq!(text, "Incorrect token audience");
    let text = refused(&signer.token(&with("exp", json!(1_767_311_999))), "ExpiredTokenException").await;
    assert!(text.starts_with("Token expired: current date/time 1767312000 must be before"), "{text}");
    refused(&signer.token(&with("nbf", json!(LATE))), "InvalidIdentityToken").await;
    assert_eq!(provider.asked(), 0, "nobody is asked about what is wrong in itself");
    refused(&stranger.token(&provider.claims()), "InvalidIdentityToken").await;
    let (head, rest) = good.split_once('.').unwrap();
    let (_, signature) = rest.split_once('.').unwrap();
    let forged = format!("{head}.{}.{signature}", encoded(with("sub", json!("root")).to_string()));
    refused(&forged, "InvalidIdentityToken").await;
    for algorithm in ["none", "HS256", "RS256"] {
        let head = encoded(json!({"alg": algorithm, "kid": "one"}).to_string());
        refused(&format!("{head}.{rest}"), "InvalidIdentityToken").await;
    }
    refused("not.a.token", "InvalidIdentityToken").await;
    let nobody = "arn:aws:iam::000000000000:role/None";
    assume(&world, nobody, &good).await.refused("AccessDenied");
    assume(&world, &role, &good).await.ok();
}

#[tokio::test]
async fn a_new_key_is_asked_for_and_an_unknown_one_not_all_the_time() {
    let (old, new) = (Signer::ec("old"), Signer::ec("new"));
    let provider = Provider::start(key_set(&[&old])).await;
    let (world, role) = trusting(&provider, "{}", ASSUME).await;
    assume(&world, &role, &old.token(&provider.claims())).await.ok();
    let token = new.token(&provider.claims());
    for _ in 0..5 {
        assume(&world, &role, &token).await.refused("InvalidIdentityToken");
    }
    assert_eq!(provider.asked(), 1);
    *provider.keys.lock().unwrap() = key_set(&[&new]);
    world.clock.pass(Duration::from_secs(60));
    assume(&world, &role, &token).await.ok();
    assume(&world, &role, &old.token(&provider.claims())).await.refused("InvalidIdentityToken");
    assert_eq!(provider.asked(), 2);
}

#[tokio::test]
async fn a_provider_that_does_not_answer_is_told_as_such_and_left_alone_for_a_while() {
    let signer = Signer::ec("one");
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let issuer = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let gone = Provider { issuer, keys: Arc::default(), asked: Arc::default() };
    let (world, role) = trusting(&gone, "{}", ASSUME).await;
    for _ in 0..2 {
        assume(&world, &role, &signer.token(&gone.claims())).await.refused("IDPCommunicationError");
    }
}

#[tokio::test]
async fn tags_and_the_source_identity_come_with_the_token_if_the_role_lets_them() {
    let signer = Signer::ec("one");
    let provider = Provider::start(key_set(&[&signer])).await;
    let mut claims = provider.claims();
    claims["https://aws.amazon.com/tags"] =
        json!({"principal_tags": {"Team": ["blue"]}, "transitive_tag_keys": ["Team"]});
    claims["https://aws.amazon.com/source_identity"] = json!("alice");
    let token = signer.token(&claims);
    let (world, role) = trusting(&provider, "{}", ASSUME).await;
    assume(&world, &role, &token).await.refused("AccessDenied");
    let all = r#"["sts:AssumeRoleWithWebIdentity","sts:TagSession","sts:SetSourceIdentity"]"#;
    let condition = r#"{"StringEquals":{"aws:RequestTag/Team":"blue","sts:SourceIdentity":"alice"}}"#;
    let (world, role) = trusting(&provider, condition, all).await;
    let answer = assume(&world, &role, &token).await.ok();
    assert_eq!(answer.one("SourceIdentity"), "alice");
    assert!(!answer.all("PackedPolicySize").is_empty());
    let tagged = policy(
        r#"{"Effect":"Allow","Action":"s3:PutObject","Resource":"*","Condition":{"StringEquals":{"aws:PrincipalTag/Team":"blue"}}}"#,
    );
    let put = [("RoleName", "Web"), ("PolicyName", "tagged"), ("PolicyDocument", tagged.as_str())];
    world.iam("PutRolePolicy", &put).await.ok();
    world.may(&answer.key(), "s3:PutObject", OBJECT).await.unwrap();
}

#[tokio::test]
async fn only_this_machine_s_providers_go_without_tls() {
    let world = world();
    for url in
        ["http://idp.example", "https://", "https:///x", "ftp://localhost", "http://localhost.example/"]
    {
        let told = world.iam("CreateOpenIDConnectProvider", &[("Url", url)]).await;
        assert_eq!(told.refused("ValidationError"), "Invalid Open ID Connect Provider URL", "{url}");
    }
    for url in ["https://idp.example", "http://localhost:8080/realms/r", "http://[::1]:8080"] {
        world.iam("CreateOpenIDConnectProvider", &[("Url", url)]).await.ok();
    }
}
