//! Why a document is refused, in AWS's words. Which code goes with them is the room's: `MalformedPolicyDocument` in IAM and STS,
//! `MalformedPolicy` in S3, `MalformedPolicyDocumentException` in KMS. Source: identity facts section 3, S3 facts section 11.

use std::fmt;

/// Why a document is refused. `Display` is AWS's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Malformed {
    /// Not the grammar: no JSON, a repeated or unknown member, a value of the wrong type.
    Syntax,
    /// A trust policy that is no JSON.
    InvalidJson,
    /// A bucket policy that is no JSON or does not begin with a brace.
    NotJson,
    /// A bucket policy that is JSON and not the grammar.
    BucketSyntax,
    /// A managed policy without the version 2012-10-17.
    VersionTooOld,
    /// A bucket policy of a version that there is not.
    InvalidVersion,
    /// A policy of an identity names principals.
    PrincipalNotAllowed,
    /// A trust policy has a member that it must not have.
    Prohibited(&'static str),
    /// A statement lacks a member.
    Missing(&'static str),
    /// A bucket policy has a member that nobody knows.
    UnknownField(String),
    /// A bucket policy's effect is neither `Allow` nor `Deny`.
    InvalidEffect(String),
    /// No Action and no NotAction, or an empty one.
    NoActions,
    /// No Resource and no NotResource, or an empty one.
    NoResources,
    /// Two statements have one Sid.
    DuplicateSid,
    /// A Sid of other characters than letters and digits.
    InvalidSid,
    /// An action without a service.
    NoVendor,
    /// An action with two colons.
    TwoColons,
    /// An action whose service has characters that no service has.
    InvalidVendor(String),
    /// A trust policy about other actions than STS's.
    NotAssumeRole,
    /// A bucket policy about other actions than S3's.
    InvalidAction,
    /// A resource that is no ARN.
    NotArn(String),
    /// An ARN of a partition that there is not; the ARN as AWS fills it up.
    InvalidPartition {
        /// The partition.
        partition: String,
        /// The whole ARN, its missing parts filled up with `*`.
        resource: String,
    },
    /// An ARN whose service is missing or has wildcards.
    VendorNotQualified,
    /// An IAM ARN with a region.
    IamRegion(String),
    /// An IAM ARN whose resource begins with no kind that IAM has.
    IamPath,
    /// An S3 ARN with a region.
    S3Region(String),
    /// A bucket policy about something else than its bucket.
    InvalidResource,
    /// A bucket policy's statement whose actions and resources do not fit: object actions on the bucket alone, or the reverse.
    ActionWithoutResource,
    /// What AWS's older parser refuses: an effect in the wrong case, a date that is none, an ARN of five parts.
    Legacy,
    /// A principal that cannot be one, or (said by the room) that does not exist: its kind and its text.
    InvalidPrincipal {
        /// `AWS`, `Service`, `Federated`, `CanonicalUser`.
        kind: &'static str,
        /// The text.
        value: String,
    },
    /// The same in a bucket policy, which does not say which.
    InvalidBucketPrincipal,
    /// The same in a key policy.
    InvalidKeyPrincipal,
    /// A principal element that lists nobody.
    NoPrincipals,
    /// A key policy's statement without principals.
    NoKeyPrincipals,
    /// More than the largest document any service takes.
    TooLarge,
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Syntax | Self::TooLarge => f.write_str("Syntax errors in policy."),
            Self::InvalidJson => f.write_str("This policy contains invalid Json"),
            Self::NotJson => f.write_str("Policies must be valid JSON and the first byte must be '{'"),
            Self::BucketSyntax => f.write_str("Invalid policy syntax."),
            Self::VersionTooOld => f.write_str("Policy document must be version 2012-10-17 or greater."),
            Self::InvalidVersion => f.write_str("The policy must contain a valid version string"),
            Self::PrincipalNotAllowed => f.write_str("Policy document should not specify a principal."),
            Self::Prohibited(field) => write!(f, "Has prohibited field {field}"),
            Self::Missing(field) => write!(f, "Missing required field {field}"),
            Self::UnknownField(field) => write!(f, "Unknown field {field}"),
            Self::InvalidEffect(effect) => write!(f, "Invalid effect: {effect}"),
            Self::NoActions => f.write_str("Policy statement must contain actions."),
            Self::NoResources => f.write_str("Policy statement must contain resources."),
            Self::DuplicateSid => f.write_str("Statement IDs (SID) in a single policy must be unique."),
            Self::InvalidSid => f.write_str(
                "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*",
            ),
            Self::NoVendor => {
                f.write_str("Actions/Conditions must be prefaced by a vendor, e.g., iam, sdb, ec2, etc.")
            }
            Self::TwoColons => f.write_str("Actions/Condition can contain only one colon."),
            Self::InvalidVendor(vendor) => write!(f, "Vendor {vendor} is not valid"),
            Self::NotAssumeRole => f.write_str("AssumeRole policy may only specify STS AssumeRole actions"),
            Self::InvalidAction => f.write_str("Policy has invalid action"),
            Self::NotArn(resource) => write!(f, "Resource {resource} must be in ARN format or \"*\"."),
            Self::InvalidPartition { partition, resource } => {
                write!(f, "Partition \"{partition}\" is not valid for resource \"{resource}\".")
            }
            Self::VendorNotQualified => {
                f.write_str("Resource vendor must be fully qualified and cannot contain regexes.")
            }
            Self::IamRegion(arn) => write!(f, "IAM resource {arn} cannot contain region information."),
            Self::IamPath => f.write_str(
                "IAM resource path must either be \"*\" or start with user/, federated-user/, role/, group/, instance-profile/, mfa/, \
                 server-certificate/, policy/, sms-mfa/, saml-provider/, oidc-provider/, report/, access-report/.",
            ),
            Self::S3Region(arn) => write!(f, "Resource {arn} can not contain region information."),
            Self::InvalidResource => f.write_str("Policy has invalid resource"),
            Self::ActionWithoutResource => f.write_str("Action does not apply to any resource(s) in statement"),
            Self::Legacy => f.write_str("The policy failed legacy parsing"),
            Self::InvalidPrincipal { kind, value } => {
                write!(f, "Invalid principal in policy: \"{kind}\":\"{value}\"")
            }
            Self::InvalidBucketPrincipal => f.write_str("Invalid principal in policy"),
            Self::InvalidKeyPrincipal => {
                f.write_str("Policy contains a statement with one or more invalid principals.")
            }
            Self::NoPrincipals => f.write_str(
                "Invalid principal in policy: com.amazon.balsa.error.InvalidPolicyException: The passed in policy has a statement with \
                 no principals!",
            ),
            Self::NoKeyPrincipals => f.write_str("Policy contains a statement with no principal."),
        }
    }
}

impl std::error::Error for Malformed {}
