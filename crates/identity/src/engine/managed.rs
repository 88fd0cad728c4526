//! AWS's managed policies, as far as users of the services here attach them. They mean what AWS's mean; the documents are worded here, and cover what
//! this server knows. Others are told as policies that do not exist.

/// A policy of AWS's.
#[derive(Debug)]
pub struct AwsPolicy {
    /// Path and name, e.g. `service-role/AWSGlueServiceRole`.
    pub path_and_name: &'static str,
    /// Its unique id.
    pub id: &'static str,
    /// What it is for.
    pub description: &'static str,
    /// The document.
    pub text: &'static str,
}

impl AwsPolicy {
    /// Its name.
    pub fn name(&self) -> &'static str {
        self.path_and_name.rsplit('/').next().unwrap_or(self.path_and_name)
    }

    /// Its path.
    pub fn path(&self) -> String {
        match self.path_and_name.rsplit_once('/') {
            Some((path, _)) => format!("/{path}/"),
            None => "/".to_owned(),
        }
    }
}

/// When they are said to have been created: 2015-02-06, as most of AWS's.
pub const CREATED_SECS: i64 = 1_423_245_600;

/// The policy with this path and name.
pub fn find(path_and_name: &str) -> Option<&'static AwsPolicy> {
    all().iter().find(|policy| policy.path_and_name == path_and_name)
}

/// All of them.
pub fn all() -> &'static [AwsPolicy] {
    POLICIES
}

static POLICIES: &[AwsPolicy] = &[
    AwsPolicy {
        path_and_name: "AdministratorAccess",
        id: "ANPA7E7ALMTL67E5SJ2UQ",
        description: "Everything.",
        text: r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}"#,
    },
    AwsPolicy {
        path_and_name: "PowerUserAccess",
        id: "ANPAZNP53ADJXH7OKZS6Z",
        description: "Everything but users, groups, organizations and accounts.",
        text: concat!(
            r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","NotAction":["iam:*","#,
            r#""organizations:*","account:*"],"Resource":"*"},{"Effect":"Allow","#,
            r#""Action":["iam:CreateServiceLinkedRole","iam:DeleteServiceLinkedRole","iam:ListRoles","#,
            r#""organizations:DescribeOrganization","account:ListRegions","account:GetAccountInformation"],"#,
            r#""Resource":"*"}]}"#,
        ),
    },
    AwsPolicy {
        path_and_name: "ReadOnlyAccess",
        id: "ANPAABUSUK5VKKXYBNMFJ",
        description: "Reading of what the services here have.",
        text: concat!(
            r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:Get*","s3:List*","#,
            r#""s3:Describe*","kinesis:Describe*","kinesis:Get*","kinesis:List*","#,
            r#""kinesis:SubscribeToShard","firehose:Describe*","firehose:List*","iam:Get*","iam:List*","#,
            r#""iam:Generate*","iam:Simulate*","sts:GetCallerIdentity","sts:GetAccessKeyInfo","#,
            r#""kms:Describe*","kms:Get*","kms:List*","glue:Get*","glue:BatchGet*","glue:List*","#,
            r#""glue:Search*","lambda:Get*","lambda:List*","logs:Describe*","logs:Get*","#,
            r#""logs:FilterLogEvents","logs:List*","logs:StartQuery","logs:StopQuery","#,
            r#""cloudwatch:Describe*","cloudwatch:Get*","cloudwatch:List*","kinesisanalytics:Describe*","#,
            r#""kinesisanalytics:Discover*","kinesisanalytics:List*","kinesisvideo:Describe*","#,
            r#""kinesisvideo:Get*","kinesisvideo:List*","dynamodb:BatchGet*","dynamodb:Describe*","#,
            r#""dynamodb:Get*","dynamodb:List*","dynamodb:Query","dynamodb:Scan","dynamodb:PartiQLSelect","#,
            r#""athena:Batch*","athena:Get*","athena:List*","tag:Get*"],"Resource":"*"}]}"#,
        ),
    },
    AwsPolicy {
        path_and_name: "SecurityAudit",
        id: "ANPA2TTPRVS7W5EVZS532",
        description: "Reading of what is set, not of data.",
        text: concat!(
            r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["iam:Get*","iam:List*","#,
            r#""iam:Generate*","iam:Simulate*","s3:GetBucket*","s3:GetAccountPublicAccessBlock","#,
            r#""s3:GetEncryptionConfiguration","s3:GetLifecycleConfiguration","#,
            r#""s3:GetReplicationConfiguration","s3:ListAllMyBuckets","s3:ListBucket","kms:Describe*","#,
            r#""kms:GetKeyPolicy","kms:GetKeyRotationStatus","kms:List*","kinesis:Describe*","#,
            r#""kinesis:List*","firehose:Describe*","firehose:List*","lambda:GetPolicy","#,
            r#""lambda:GetFunctionConfiguration","lambda:List*","logs:Describe*","glue:GetResourcePolicy","#,
            r#""glue:GetDatabases","glue:GetTables","dynamodb:Describe*","dynamodb:List*","#,
            r#""cloudwatch:Describe*"],"Resource":"*"}]}"#,
        ),
    },
    AwsPolicy {
        path_and_name: "IAMFullAccess",
        id: "ANPA3TZ3DLWNZDHCZMM2K",
        description: "All of IAM.",
        text: concat!(
            r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["iam:*","#,
            r#""organizations:DescribeAccount","organizations:DescribeOrganization","#,
            r#""organizations:ListRoots","organizations:ListPolicies"],"Resource":"*"}]}"#,
        ),
    },
    AwsPolicy {
        path_and_name: "IAMReadOnlyAccess",
        id: "ANPA55TE5VKFVFTCA6ZIB",
        description: "Reading of IAM.",
        text: concat!(
            r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","#,
            r#""Action":["iam:GenerateCredentialReport","iam:GenerateServiceLastAccessedDetails","#,
            r#""iam:Get*","iam:List*","iam:SimulateCustomPolicy","iam:SimulatePrincipalPolicy"],"#,
            r#""Resource":"*"}]}"#,
        ),
    },
    AwsPolicy {
        path_and_name: "IAMUserChangePassword",
        id: "ANPA63LGNBVB2PZU4DPJP",
        description: "A user's own password.",
        text: concat!(
            r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"iam:ChangePassword","#,
            r#""Resource":"arn:aws:iam::*:user/${aws:username}"},{"Effect":"Allow","#,
            r#""Action":"iam:GetAccountPasswordPolicy","Resource":"*"}]}"#,
        ),
    },
    AwsPolicy {
        path_and_name: "AmazonS3FullAccess",
        id: "ANPAHRAESTOB3UV4K6GVD",
        description: "All of S3.",
        text: concat!(
            r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:*","#,
            r#""s3-object-lambda:*"],"Resource":"*"}]}"#,
        ),
    },
    AwsPolicy {
        path_and_name: "AmazonS3ReadOnlyAccess",
        id: "ANPAGBAX4M3WM6HIOXEXG",
        description: "Reading of S3.",
        text: concat!(
            r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:Get*","s3:List*","#,
            r#""s3:Describe*","s3-object-lambda:Get*","s3-object-lambda:List*"],"Resource":"*"}]}"#,
        ),
    },
    AwsPolicy {
        path_and_name: "AmazonKinesisFullAccess",
        id: "ANPADCHB6ZXS5A5FQ5VXH",
        description: "All of Kinesis Data Streams.",
        text: concat!(
            r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"kinesis:*","#,
            r#""Resource":"*"}]}"#,
        ),
    },
    AwsPolicy {
        path_and_name: "AmazonKinesisReadOnlyAccess",
        id: "ANPADO5UZGPAC5RKJDQSM",
        description: "Reading of Kinesis Data Streams.",
        text: concat!(
            r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["kinesis:Get*","#,
            r#""kinesis:List*","kinesis:Describe*"],"Resource":"*"}]}"#,
        ),
    },
    AwsPolicy {
        path_and_name: "AmazonKinesisFirehoseFullAccess",
        id: "ANPAFYXS62DLGSGGTE6GF",
        description: "All of Firehose.",
        text: concat!(
            r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"firehose:*","#,
            r#""Resource":"*"}]}"#,
        ),
    },
    AwsPolicy {
        path_and_name: "AmazonKinesisFirehoseReadOnlyAccess",
        id: "ANPAFIRVB6NKH4FJL52TN",
        description: "Reading of Firehose.",
        text: concat!(
            r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["firehose:Describe*","#,
            r#""firehose:List*"],"Resource":"*"}]}"#,
        ),
    },
    AwsPolicy {
        path_and_name: "AmazonKinesisAnalyticsFullAccess",
        id: "ANPAMZQW3U7QY7UVLZEGS",
        description: "All of Kinesis Data Analytics, and what its console needs.",
        text: concat!(
            r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"kinesisanalytics:*","#,
            r#""Resource":"*"},{"Effect":"Allow","Action":["kinesis:CreateStream","kinesis:DeleteStream","#,
            r#""kinesis:DescribeStream","kinesis:ListStreams","kinesis:PutRecord","kinesis:PutRecords"],"#,
            r#""Resource":"*"},{"Effect":"Allow","Action":["firehose:DescribeDeliveryStream","#,
            r#""firehose:ListDeliveryStreams"],"Resource":"*"},{"Effect":"Allow","#,
            r#""Action":["cloudwatch:GetMetricStatistics","cloudwatch:ListMetrics"],"#,
            r#""Resource":"*"},{"Effect":"Allow","Action":"logs:GetLogEvents","#,
            r#""Resource":"*"},{"Effect":"Allow","Action":["iam:ListPolicyVersions","iam:ListRoles"],"#,
            r#""Resource":"*"},{"Effect":"Allow","Action":"iam:PassRole","#,
            r#""Resource":"arn:aws:iam::*:role/service-role/kinesis-analytics*"}]}"#,
        ),
    },
    AwsPolicy {
        path_and_name: "AmazonKinesisAnalyticsReadOnly",
        id: "ANPA332PQGGE2BUEH4A77",
        description: "Reading of Kinesis Data Analytics.",
        text: concat!(
            r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","#,
            r#""Action":["kinesisanalytics:Describe*","kinesisanalytics:Get*","kinesisanalytics:List*"],"#,
            r#""Resource":"*"},{"Effect":"Allow","Action":["kinesis:DescribeStream","kinesis:ListStreams","#,
            r#""firehose:DescribeDeliveryStream","firehose:ListDeliveryStreams","#,
            r#""cloudwatch:GetMetricStatistics","cloudwatch:ListMetrics","logs:GetLogEvents","#,
            r#""iam:ListPolicyVersions","iam:ListRoles"],"Resource":"*"}]}"#,
        ),
    },
    AwsPolicy {
        path_and_name: "AmazonKinesisVideoStreamsFullAccess",
        id: "ANPA2BXANH5G5UH4TG7NO",
        description: "All of Kinesis Video Streams.",
        text: concat!(
            r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"kinesisvideo:*","#,
            r#""Resource":"*"}]}"#,
        ),
    },
    AwsPolicy {
        path_and_name: "AmazonKinesisVideoStreamsReadOnlyAccess",
        id: "ANPAMGKLTMOZ65IDAP7QL",
        description: "Reading of Kinesis Video Streams.",
        text: concat!(
            r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["kinesisvideo:Describe*","#,
            r#""kinesisvideo:Get*","kinesisvideo:List*"],"Resource":"*"}]}"#,
        ),
    },
    AwsPolicy {
        path_and_name: "AmazonDynamoDBFullAccess",
        id: "ANPA3OSUTJMCO2ERJGTPC",
        description: "All of DynamoDB.",
        text: concat!(
            r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["dynamodb:*","dax:*"],"#,
            r#""Resource":"*"}]}"#,
        ),
    },
    AwsPolicy {
        path_and_name: "AmazonDynamoDBReadOnlyAccess",
        id: "ANPAYP4AS6IG6A3L4BH5P",
        description: "Reading of DynamoDB.",
        text: concat!(
            r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["dynamodb:BatchGetItem","#,
            r#""dynamodb:Describe*","dynamodb:GetItem","dynamodb:GetResourcePolicy","dynamodb:List*","#,
            r#""dynamodb:PartiQLSelect","dynamodb:Query","dynamodb:Scan"],"Resource":"*"}]}"#,
        ),
    },
    AwsPolicy {
        path_and_name: "AmazonAthenaFullAccess",
        id: "ANPALXNBDNCWBPNBY3ACZ",
        description: "All of Athena, and of the catalog and results it works on.",
        text: concat!(
            r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"athena:*","#,
            r#""Resource":"*"},{"Effect":"Allow","Action":["glue:BatchCreatePartition","#,
            r#""glue:BatchDeletePartition","glue:BatchDeleteTable","glue:BatchGetPartition","#,
            r#""glue:CreateDatabase","glue:CreatePartition","glue:CreateTable","glue:DeleteDatabase","#,
            r#""glue:DeletePartition","glue:DeleteTable","glue:GetDatabase","glue:GetDatabases","#,
            r#""glue:GetPartition","glue:GetPartitions","glue:GetTable","glue:GetTables","#,
            r#""glue:UpdateDatabase","glue:UpdatePartition","glue:UpdateTable"],"#,
            r#""Resource":"*"},{"Effect":"Allow","Action":["s3:GetBucketLocation","s3:GetObject","#,
            r#""s3:ListBucket","s3:ListBucketMultipartUploads","s3:ListMultipartUploadParts","#,
            r#""s3:AbortMultipartUpload","s3:CreateBucket","s3:PutObject"],"#,
            r#""Resource":["arn:aws:s3:::aws-athena-query-results-*"]}]}"#,
        ),
    },
    AwsPolicy {
        path_and_name: "AWSGlueConsoleFullAccess",
        id: "ANPAIW5HMO3BK6LLWI2WN",
        description: "All of Glue.",
        text: r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"glue:*","Resource":"*"}]}"#,
    },
    AwsPolicy {
        path_and_name: "AWSLambda_FullAccess",
        id: "ANPAXLVPVJO7MLIJ5I57F",
        description: "All of Lambda, and what its console needs.",
        text: concat!(
            r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["lambda:*","#,
            r#""cloudwatch:GetMetricData","cloudwatch:ListMetrics","iam:GetPolicy","iam:GetPolicyVersion","#,
            r#""iam:GetRole","iam:GetRolePolicy","iam:ListAttachedRolePolicies","iam:ListRolePolicies","#,
            r#""iam:ListRoles","kms:ListAliases","logs:DescribeLogGroups"],"#,
            r#""Resource":"*"},{"Effect":"Allow","Action":"iam:PassRole","Resource":"*","#,
            r#""Condition":{"StringEquals":{"iam:PassedToService":"lambda.amazonaws.com"}}},{"Effect":"Allow","#,
            r#""Action":["logs:DescribeLogStreams","logs:FilterLogEvents","logs:GetLogEvents"],"#,
            r#""Resource":"arn:aws:logs:*:*:log-group:/aws/lambda/*"}]}"#,
        ),
    },
    AwsPolicy {
        path_and_name: "AWSLambda_ReadOnlyAccess",
        id: "ANPA5A6DZPOSUUF6IR4ID",
        description: "Reading of Lambda.",
        text: concat!(
            r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["lambda:Get*","#,
            r#""lambda:List*","cloudwatch:GetMetricData","cloudwatch:ListMetrics","iam:GetPolicy","#,
            r#""iam:GetPolicyVersion","iam:GetRole","iam:GetRolePolicy","iam:ListAttachedRolePolicies","#,
            r#""iam:ListRolePolicies","iam:ListRoles","logs:DescribeLogGroups"],"Resource":"*"}]}"#,
        ),
    },
    AwsPolicy {
        path_and_name: "AWSKeyManagementServicePowerUser",
        id: "ANPA2DKAH52SD3DWW4KUO",
        description: "KMS keys, without their administration by others.",
        text: concat!(
            r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["kms:CreateAlias","#,
            r#""kms:CreateKey","kms:DeleteAlias","kms:Describe*","kms:GenerateRandom","kms:Get*","#,
            r#""kms:List*","kms:TagResource","kms:UntagResource","iam:ListGroups","iam:ListRoles","#,
            r#""iam:ListUsers"],"Resource":"*"}]}"#,
        ),
    },
    AwsPolicy {
        path_and_name: "CloudWatchFullAccess",
        id: "ANPAK7ZIBIIGM7LPNQAMT",
        description: "All of CloudWatch and its logs.",
        text: concat!(
            r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["cloudwatch:*","logs:*","#,
            r#""autoscaling:Describe*","sns:*","iam:GetPolicy","iam:GetPolicyVersion","iam:GetRole"],"#,
            r#""Resource":"*"}]}"#,
        ),
    },
    AwsPolicy {
        path_and_name: "CloudWatchReadOnlyAccess",
        id: "ANPAQFJFFYN3RTAIDAYD7",
        description: "Reading of CloudWatch and its logs.",
        text: concat!(
            r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["cloudwatch:Describe*","#,
            r#""cloudwatch:Get*","cloudwatch:List*","logs:Describe*","logs:FilterLogEvents","logs:Get*","#,
            r#""logs:List*","logs:StartQuery","logs:StopQuery"],"Resource":"*"}]}"#,
        ),
    },
    AwsPolicy {
        path_and_name: "CloudWatchLogsFullAccess",
        id: "ANPAOMT7O4WKBQ4EWINDS",
        description: "All of CloudWatch Logs.",
        text: concat!(
            r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["logs:*","#,
            r#""cloudwatch:GenerateQuery"],"Resource":"*"}]}"#,
        ),
    },
    AwsPolicy {
        path_and_name: "service-role/AWSLambdaBasicExecutionRole",
        id: "ANPAKGDFGPA3L6Q7SGTPS",
        description: "A function's log.",
        text: concat!(
            r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["logs:CreateLogGroup","#,
            r#""logs:CreateLogStream","logs:PutLogEvents"],"Resource":"*"}]}"#,
        ),
    },
    AwsPolicy {
        path_and_name: "service-role/AWSLambdaKinesisExecutionRole",
        id: "ANPAVVURUKYGJOBCNI3V2",
        description: "A function that reads Kinesis streams, and its log.",
        text: concat!(
            r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["kinesis:DescribeStream","#,
            r#""kinesis:DescribeStreamSummary","kinesis:GetRecords","kinesis:GetShardIterator","#,
            r#""kinesis:ListShards","kinesis:ListStreams","kinesis:SubscribeToShard","logs:CreateLogGroup","#,
            r#""logs:CreateLogStream","logs:PutLogEvents"],"Resource":"*"}]}"#,
        ),
    },
    AwsPolicy {
        path_and_name: "service-role/AWSLambdaDynamoDBExecutionRole",
        id: "ANPAESG3DPV5GCRHGSZSZ",
        description: "A function that reads streams of DynamoDB, and its log.",
        text: concat!(
            r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["dynamodb:DescribeStream","#,
            r#""dynamodb:GetRecords","dynamodb:GetShardIterator","dynamodb:ListStreams","#,
            r#""logs:CreateLogGroup","logs:CreateLogStream","logs:PutLogEvents"],"Resource":"*"}]}"#,
        ),
    },
    AwsPolicy {
        path_and_name: "service-role/AWSLambdaRole",
        id: "ANPAZ2RQEOOZG7SDUPNVZ",
        description: "Invoking functions.",
        text: concat!(
            r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"lambda:InvokeFunction","#,
            r#""Resource":"*"}]}"#,
        ),
    },
    AwsPolicy {
        path_and_name: "service-role/AWSGlueServiceRole",
        id: "ANPAHZ76XDI3UVIJ27UHD",
        description: "What Glue does for its owner.",
        text: concat!(
            r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["glue:*","#,
            r#""s3:GetBucketLocation","s3:ListBucket","s3:ListAllMyBuckets","s3:GetBucketAcl","#,
            r#""iam:ListRolePolicies","iam:GetRole","iam:GetRolePolicy","cloudwatch:PutMetricData"],"#,
            r#""Resource":"*"},{"Effect":"Allow","Action":"s3:CreateBucket","#,
            r#""Resource":"arn:aws:s3:::aws-glue-*"},{"Effect":"Allow","Action":["s3:GetObject","#,
            r#""s3:PutObject","s3:DeleteObject"],"Resource":["arn:aws:s3:::aws-glue-*/*","#,
            r#""arn:aws:s3:::*/*aws-glue-*/*"]},{"Effect":"Allow","Action":"s3:GetObject","#,
            r#""Resource":["arn:aws:s3:::crawler-public*","arn:aws:s3:::aws-glue-*"]},{"Effect":"Allow","#,
            r#""Action":["logs:CreateLogGroup","logs:CreateLogStream","logs:PutLogEvents"],"#,
            r#""Resource":"arn:aws:logs:*:*:*:/aws-glue/*"}]}"#,
        ),
    },
    AwsPolicy {
        path_and_name: "job-function/ViewOnlyAccess",
        id: "ANPAEY6LDBVNJ7Y52YVHC",
        description: "Seeing what there is.",
        text: concat!(
            r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":["s3:ListAllMyBuckets","#,
            r#""s3:ListBucket","kinesis:List*","kinesis:Describe*","firehose:List*","firehose:Describe*","#,
            r#""iam:List*","iam:GetAccountSummary","iam:GetLoginProfile","kms:List*","lambda:List*","#,
            r#""logs:Describe*","glue:List*","dynamodb:List*","dynamodb:DescribeTable","cloudwatch:List*","#,
            r#""cloudwatch:Describe*","athena:List*","kinesisanalytics:List*","kinesisvideo:List*"],"#,
            r#""Resource":"*"}]}"#,
        ),
    },
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::engine::documents;

    #[test]
    fn every_document_is_a_policy_and_fits() {
        for policy in all() {
            documents::check_managed(policy.text).expect(policy.path_and_name);
            assert!(crate::engine::limits::chars(policy.text) <= crate::engine::limits::MANAGED_CHARS_MAX);
        }
    }

    #[test]
    fn a_name_alone_does_not_find_what_has_a_path() {
        assert!(find("service-role/AWSGlueServiceRole").is_some() && find("AWSGlueServiceRole").is_none());
        assert_eq!(find("service-role/AWSGlueServiceRole").unwrap().path(), "/service-role/");
    }
}
