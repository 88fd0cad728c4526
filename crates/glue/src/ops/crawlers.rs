//! Operations on crawlers; and what a crawl is to do, out of what the crawler was told.

use base::{Tags, Timestamp};
use serde_json::Value;
use service::{Access, Call, Fault};
use wire::Need;

use super::access::catalog;
use super::fault::invalid;
use super::operation::operation;
use super::{classifiers, pages, shown};
use crate::crawl::{Deleted, Plan, Target};
use crate::engine::crawler::scheduled;
use crate::engine::names::fold;
use crate::engine::{Error, Glue};
use crate::shapes::*;
use crate::tables::CatalogName;
use crate::tables::crawling::{CLASSIFIERS, CrawlRow, CrawlerRow};

/// Crawlers of one answer.
const CRAWLERS_MAX: usize = 1_000;
/// Names of one answer.
const NAMES_MAX: usize = 100;
/// The log group of crawlers.
pub(crate) const LOG_GROUP: &str = "/aws-glue/crawlers";

fn crawler_at(call: &Call, name: Option<&String>) -> Result<CatalogName, Error> {
    Ok(catalog(call, None)?.named(name.map(String::as_str).unwrap_or_default()))
}

fn on(call: &Call, action: &'static str, name: Option<&String>) -> Result<Vec<Access>, Error> {
    let at = crawler_at(call, name)?;
    Ok(vec![Access::owned(action, at.catalog.arn(&format!("crawler/{}", at.name)), at.catalog.account)])
}

/// The ARN of a role that is named by its ARN or its name.
fn role_arn(call: &Call, role: &str) -> String {
    match role.starts_with("arn:") {
        true => role.to_owned(),
        false => format!("arn:aws:iam::{}:role/{}", call.account(), role.trim_start_matches('/')),
    }
}

/// What a configuration says.
#[derive(Default)]
struct Configuration {
    inherit: bool,
    merge: bool,
    combine: bool,
    index: bool,
    level: Option<usize>,
    tables_max: Option<usize>,
}

impl Configuration {
    fn parse(text: Option<&str>) -> Result<Self, Fault> {
        let Some(text) = text.filter(|text| !text.trim().is_empty()) else { return Ok(Self::default()) };
        let value: Value =
            serde_json::from_str(text).map_err(|_| invalid("Crawler configuration is not valid JSON."))?;
        keys(&value, "Configuration", &["Version", "CrawlerOutput", "Grouping", "CreatePartitionIndex"])?;
        if value.get("Version").is_some_and(|version| version.as_f64() != Some(1.0)) {
            return Err(invalid("Crawler configuration version is not supported."));
        }
        let none = Value::Object(serde_json::Map::new());
        let output = value.get("CrawlerOutput").unwrap_or(&none);
        keys(output, "CrawlerOutput", &["Partitions", "Tables"])?;
        let partitions = output.get("Partitions").unwrap_or(&none);
        keys(partitions, "CrawlerOutput.Partitions", &["AddOrUpdateBehavior"])?;
        let tables = output.get("Tables").unwrap_or(&none);
        keys(tables, "CrawlerOutput.Tables", &["AddOrUpdateBehavior", "TableThreshold"])?;
        let grouping = value.get("Grouping").unwrap_or(&none);
        keys(grouping, "Grouping", &["TableGroupingPolicy", "TableLevelConfiguration"])?;
        let says = |of: &Value, key: &str, wanted: &str| of.get(key).and_then(Value::as_str) == Some(wanted);
        let number = |of: &Value, key: &str| {
            of.get(key).and_then(Value::as_u64).and_then(|number| usize::try_from(number).ok())
        };
        Ok(Self {
            inherit: says(partitions, "AddOrUpdateBehavior", "InheritFromTable"),
            merge: says(tables, "AddOrUpdateBehavior", "MergeNewColumns"),
            combine: says(grouping, "TableGroupingPolicy", "CombineCompatibleSchemas"),
            index: value.get("CreatePartitionIndex").and_then(Value::as_bool) == Some(true),
            level: number(grouping, "TableLevelConfiguration"),
            tables_max: number(tables, "TableThreshold"),
        })
    }
}

/// Refuses members that a part of a configuration does not have.
fn keys(value: &Value, place: &str, known: &[&str]) -> Result<(), Fault> {
    let Some(members) = value.as_object() else {
        return Err(invalid(format!("{place} is not an object.")));
    };
    let unknown: Vec<&str> =
        members.keys().map(String::as_str).filter(|name| !known.contains(name)).collect();
    match unknown.is_empty() {
        true => Ok(()),
        false => Err(invalid(format!("{place} contains unsupported keys: {}.", unknown.join(", ")))),
    }
}

fn check(input: &CreateCrawlerRequest) -> Result<(), Fault> {
    Configuration::parse(input.configuration.as_deref())?;
    let targets = input.targets.as_ref();
    let paths = targets.into_iter().flat_map(|targets| targets.s3_targets.iter().flatten());
    for target in paths {
        if !target.path.as_deref().is_some_and(|path| path.starts_with("s3://") || path.starts_with("s3a://"))
        {
            return Err(invalid(format!(
                "The path {} is not valid.",
                target.path.as_deref().unwrap_or_default()
            )));
        }
    }
    Ok(())
}

/// What a crawl is to do. The text says why it cannot be done.
pub(crate) async fn plan(glue: &Glue, at: &CatalogName, row: &CrawlerRow) -> Result<Plan, String> {
    let text = |fault: Fault| fault.message.unwrap_or_default();
    let input: CreateCrawlerRequest = shown::kept(&row.input).map_err(text)?;
    let configuration = Configuration::parse(input.configuration.as_deref()).map_err(text)?;
    let mut custom = Vec::new();
    for name in input.classifiers.iter().flatten() {
        let named = at.catalog.named(name);
        let found = CLASSIFIERS.get(&*glue.snapshot(), &named).await.map_err(|error| error.to_string())?;
        let found = found.ok_or_else(|| format!("Classifier {name} does not exist"))?;
        custom.push(classifiers::custom(&found.value).map_err(text)?);
    }
    let targets = input.targets.unwrap_or_default();
    let unsupported = [
        (targets.jdbc_targets.is_some_and(|all| !all.is_empty()), "JDBC"),
        (targets.mongo_db_targets.is_some_and(|all| !all.is_empty()), "MongoDB"),
        (targets.dynamo_db_targets.is_some_and(|all| !all.is_empty()), "DynamoDB"),
        (targets.delta_targets.is_some_and(|all| !all.is_empty()), "Delta"),
        (targets.iceberg_targets.is_some_and(|all| !all.is_empty()), "Iceberg"),
        (targets.hudi_targets.is_some_and(|all| !all.is_empty()), "Hudi"),
    ];
    if let Some((_, kind)) = unsupported.iter().find(|(given, _)| *given) {
        return Err(format!("{kind} targets are not supported."));
    }
    let mut all = Vec::new();
    for target in targets.s3_targets.unwrap_or_default() {
        all.push(Target::Path {
            path: target.path.unwrap_or_default(),
            exclusions: target.exclusions.unwrap_or_default(),
            samples: target.sample_size.and_then(|size| usize::try_from(size).ok()).filter(|size| *size > 0),
        });
    }
    for target in targets.catalog_targets.unwrap_or_default() {
        all.push(Target::Tables {
            database: fold(target.database_name.as_deref().unwrap_or_default()),
            tables: target.tables.iter().flatten().map(|name| fold(name)).collect(),
        });
    }
    let policy = input.schema_change_policy.unwrap_or_default();
    let new_folders_only = input.recrawl_policy.and_then(|policy| policy.recrawl_behavior).as_deref()
        == Some("CRAWL_NEW_FOLDERS_ONLY");
    Ok(Plan {
        name: at.name.clone(),
        role: input.role.unwrap_or_default(),
        database: fold(input.database_name.as_deref().unwrap_or_default()),
        prefix: input.table_prefix.unwrap_or_default(),
        targets: all,
        classifiers: custom,
        update: policy.update_behavior.as_deref() != Some("LOG") && !new_folders_only,
        delete: match policy.delete_behavior.as_deref() {
            Some("LOG") => Deleted::Log,
            Some("DELETE_FROM_DATABASE") => Deleted::Delete,
            Some(_) | None => Deleted::Deprecate,
        },
        new_folders_only,
        inherit: configuration.inherit,
        merge: configuration.merge,
        index: configuration.index,
        combine: configuration.combine,
        level: configuration.level,
        tables_max: configuration.tables_max,
    })
}

fn last_crawl(name: &str, crawl: &CrawlRow) -> LastCrawlInfo {
    LastCrawlInfo {
        status: Some(crawl.outcome.names().0.to_owned()),
        error_message: crawl.error.clone(),
        log_group: Some(LOG_GROUP.to_owned()),
        log_stream: Some(name.to_owned()),
        message_prefix: Some(crawl.id.clone()),
        start_time: Some(shown::time(crawl.started_micros)),
    }
}

fn crawler(glue: &Glue, at: &CatalogName, row: &CrawlerRow) -> Result<Crawler, Fault> {
    let input: CreateCrawlerRequest = shown::kept(&row.input)?;
    let text = |text: &str| Some(text.to_owned());
    let mut targets = input.targets.unwrap_or_default();
    for target in targets.s3_targets.get_or_insert_default() {
        target.exclusions.get_or_insert_default();
    }
    targets.jdbc_targets.get_or_insert_default();
    targets.mongo_db_targets.get_or_insert_default();
    targets.dynamo_db_targets.get_or_insert_default();
    targets.catalog_targets.get_or_insert_default();
    targets.delta_targets.get_or_insert_default();
    targets.iceberg_targets.get_or_insert_default();
    targets.hudi_targets.get_or_insert_default();
    let policy = input.schema_change_policy.unwrap_or_default();
    let state = match &row.run {
        None => "READY",
        Some(run) if run.stopping => "STOPPING",
        Some(_) => "RUNNING",
    };
    let elapsed = row.run.as_ref().map_or(0, |run| {
        let started = Timestamp::from_micros(run.started_micros);
        i64::try_from(glue.now().since(started).as_millis()).unwrap_or(i64::MAX)
    });
    let schedule = row.schedule.as_ref().map(|schedule| Schedule {
        schedule_expression: Some(schedule.expression.clone()),
        state: text(if schedule.on { "SCHEDULED" } else { "NOT_SCHEDULED" }),
    });
    Ok(Crawler {
        name: Some(at.name.clone()),
        role: input.role.map(|role| role.rsplit('/').next().unwrap_or_default().to_owned()),
        targets: Some(targets),
        database_name: input.database_name,
        description: input.description,
        classifiers: Some(input.classifiers.unwrap_or_default()),
        recrawl_policy: Some(
            input.recrawl_policy.unwrap_or(RecrawlPolicy { recrawl_behavior: text("CRAWL_EVERYTHING") }),
        ),
        schema_change_policy: Some(SchemaChangePolicy {
            update_behavior: policy.update_behavior.or_else(|| text("UPDATE_IN_DATABASE")),
            delete_behavior: policy.delete_behavior.or_else(|| text("DEPRECATE_IN_DATABASE")),
        }),
        lineage_configuration: Some(
            input
                .lineage_configuration
                .unwrap_or(LineageConfiguration { crawler_lineage_settings: text("DISABLE") }),
        ),
        state: text(state),
        table_prefix: input.table_prefix,
        schedule,
        crawl_elapsed_time: Some(elapsed),
        creation_time: Some(shown::time(row.created_micros)),
        last_updated: Some(shown::time(row.updated_micros)),
        last_crawl: row.last.as_ref().map(|crawl| last_crawl(&at.name, crawl)),
        version: Some(row.version.cast_signed()),
        configuration: input.configuration,
        crawler_security_configuration: input.crawler_security_configuration,
        lake_formation_configuration: Some(input.lake_formation_configuration.unwrap_or(
            LakeFormationConfiguration { use_lake_formation_credentials: Some(false), account_id: text("") },
        )),
        catalog_id: None,
    })
}

operation! {
    /// Creates a crawler. <https://docs.aws.amazon.com/glue/latest/webapi/API_CreateCrawler.html>
    /// Differs: targets other than S3 and the catalog fail when the crawler runs.
    CreateCrawler(CreateCrawlerRequest) -> CreateCrawlerResponse;
    access(_glue, call, input) {
        let mut asked = on(call, "glue:CreateCrawler", input.name.as_ref())?;
        let role = role_arn(call, input.role.as_deref().unwrap_or_default());
        asked.push(Access::pass_role(role, call.account(), "glue.amazonaws.com"));
        asked
    }
    run(glue, call, input) {
        let mut input = input;
        let at = crawler_at(call, input.name.as_ref())?;
        check(&input)?;
        let expression = input.schedule.take().filter(|expression| !expression.is_empty());
        let schedule = expression.map(|expression| scheduled(&expression, glue.now())).transpose()?;
        let tags: Tags = input.tags.take().unwrap_or_default();
        glue.create_crawler(&at, wire::keep(&input), schedule, &tags).await?;
        Ok(CreateCrawlerResponse::default())
    }
}

operation! {
    /// A crawler. <https://docs.aws.amazon.com/glue/latest/webapi/API_GetCrawler.html>
    GetCrawler(GetCrawlerRequest) -> GetCrawlerResponse;
    access(_glue, call, input) { on(call, "glue:GetCrawler", input.name.as_ref())? }
    run(glue, call, input) {
        let at = crawler_at(call, input.name.as_ref())?;
        Ok(GetCrawlerResponse { crawler: Some(crawler(glue, &at, &glue.crawler(&at).await?)?) })
    }
}

operation! {
    /// Crawlers by name. <https://docs.aws.amazon.com/glue/latest/webapi/API_GetCrawlers.html>
    GetCrawlers(GetCrawlersRequest) -> GetCrawlersResponse;
    access(_glue, call, _input) { vec![Access::any("glue:GetCrawlers", call.caller())] }
    run(glue, call, input) {
        let at = catalog(call, None)?;
        let purpose = pages::purpose(call, "GetCrawlers", "");
        let after = pages::after(glue, &purpose, input.next_token.as_ref())?;
        let page = glue.crawlers(&at, after.as_deref(), pages::limit(input.max_results, CRAWLERS_MAX)).await?;
        let next_token = pages::next(glue, &purpose, &page, |(name, _)| name.clone());
        let list: Result<Vec<_>, Fault> =
            page.items.iter().map(|(name, row)| crawler(glue, &at.named(name), row)).collect();
        Ok(GetCrawlersResponse { crawlers: Some(list?), next_token })
    }
}

operation! {
    /// Names of crawlers, of those with some tags if they are given. <https://docs.aws.amazon.com/glue/latest/webapi/API_ListCrawlers.html>
    ListCrawlers(ListCrawlersRequest) -> ListCrawlersResponse;
    access(_glue, call, _input) { vec![Access::any("glue:ListCrawlers", call.caller())] }
    run(glue, call, input) {
        let at = catalog(call, None)?;
        let purpose = pages::purpose(call, "ListCrawlers", &format!("{:?}", input.tags));
        let after = pages::after(glue, &purpose, input.next_token.as_ref())?;
        let page = glue.crawlers(&at, after.as_deref(), pages::limit(input.max_results, NAMES_MAX)).await?;
        let next_token = pages::next(glue, &purpose, &page, |(name, _)| name.clone());
        let wanted = input.tags.unwrap_or_default();
        let mut names = Vec::new();
        for (name, _) in page.items {
            let tags = match wanted.is_empty() {
                true => Tags::new(),
                false => glue.tags(&at.named(&format!("crawler/{name}"))).await?,
            };
            if wanted.iter().all(|(key, value)| tags.get(key) == Some(value)) {
                names.push(name);
            }
        }
        Ok(ListCrawlersResponse { crawler_names: Some(names), next_token })
    }
}

operation! {
    /// Those of some crawlers that are there. <https://docs.aws.amazon.com/glue/latest/webapi/API_BatchGetCrawlers.html>
    BatchGetCrawlers(BatchGetCrawlersRequest) -> BatchGetCrawlersResponse;
    access(_glue, call, _input) { vec![Access::any("glue:BatchGetCrawlers", call.caller())] }
    run(glue, call, input) {
        let (mut found, mut missing) = (Vec::new(), Vec::new());
        for name in input.crawler_names.need() {
            let at = crawler_at(call, Some(&name))?;
            match glue.crawler(&at).await {
                Ok(row) => found.push(crawler(glue, &at, &row)?),
                Err(Error::NotFound(_)) => missing.push(name),
                Err(error) => return Err(error.into()),
            }
        }
        Ok(BatchGetCrawlersResponse { crawlers: Some(found), crawlers_not_found: Some(missing) })
    }
}

operation! {
    /// Changes what is given of a crawler. <https://docs.aws.amazon.com/glue/latest/webapi/API_UpdateCrawler.html>
    UpdateCrawler(UpdateCrawlerRequest) -> UpdateCrawlerResponse;
    access(_glue, call, input) {
        let mut asked = on(call, "glue:UpdateCrawler", input.name.as_ref())?;
        if let Some(role) = &input.role {
            asked.push(Access::pass_role(role_arn(call, role), call.account(), "glue.amazonaws.com"));
        }
        asked
    }
    run(glue, call, input) {
        let at = crawler_at(call, input.name.as_ref())?;
        let document = wire::keep(&input);
        let now = glue.now();
        let row = glue.crawler(&at).await?;
        let changed = updated(&row, &document)?;
        let expression = input.schedule.as_deref();
        let given = expression.filter(|expression| !expression.is_empty());
        let schedule = given.map(|expression| scheduled(expression, now)).transpose()?;
        let keeps_schedule = expression.is_none();
        let update = |row: &CrawlerRow| {
            let schedule = if keeps_schedule { row.schedule.clone() } else { schedule.clone() };
            Ok((changed.clone(), schedule))
        };
        glue.update_crawler(&at, update).await?;
        Ok(UpdateCrawlerResponse::default())
    }
}

/// What a crawler is told after an update, which has the same members.
fn updated(row: &CrawlerRow, update: &[u8]) -> Result<Vec<u8>, Fault> {
    let mut there: CreateCrawlerRequest = shown::kept(&row.input)?;
    let new: CreateCrawlerRequest = shown::kept(update)?;
    there.role = new.role.or(there.role);
    there.database_name = new.database_name.or(there.database_name);
    there.description = new.description.or(there.description);
    there.targets = new.targets.or(there.targets);
    there.classifiers = new.classifiers.or(there.classifiers);
    there.table_prefix = new.table_prefix.or(there.table_prefix);
    there.schema_change_policy = new.schema_change_policy.or(there.schema_change_policy);
    there.recrawl_policy = new.recrawl_policy.or(there.recrawl_policy);
    there.lineage_configuration = new.lineage_configuration.or(there.lineage_configuration);
    there.lake_formation_configuration =
        new.lake_formation_configuration.or(there.lake_formation_configuration);
    there.configuration = new.configuration.or(there.configuration);
    there.crawler_security_configuration =
        new.crawler_security_configuration.or(there.crawler_security_configuration);
    check(&there)?;
    Ok(wire::keep(&there))
}

operation! {
    /// Deletes a crawler. <https://docs.aws.amazon.com/glue/latest/webapi/API_DeleteCrawler.html>
    DeleteCrawler(DeleteCrawlerRequest) -> DeleteCrawlerResponse;
    access(_glue, call, input) { on(call, "glue:DeleteCrawler", input.name.as_ref())? }
    run(glue, call, input) {
        glue.delete_crawler(&crawler_at(call, input.name.as_ref())?).await?;
        Ok(DeleteCrawlerResponse::default())
    }
}

operation! {
    /// Starts a crawler. <https://docs.aws.amazon.com/glue/latest/webapi/API_StartCrawler.html>
    StartCrawler(StartCrawlerRequest) -> StartCrawlerResponse;
    access(_glue, call, input) { on(call, "glue:StartCrawler", input.name.as_ref())? }
    run(glue, call, input) {
        glue.start_crawler(&crawler_at(call, input.name.as_ref())?).await?;
        Ok(StartCrawlerResponse::default())
    }
}

operation! {
    /// Asks a crawler to stop. <https://docs.aws.amazon.com/glue/latest/webapi/API_StopCrawler.html>
    StopCrawler(StopCrawlerRequest) -> StopCrawlerResponse;
    access(_glue, call, input) { on(call, "glue:StopCrawler", input.name.as_ref())? }
    run(glue, call, input) {
        glue.stop_crawler(&crawler_at(call, input.name.as_ref())?).await?;
        Ok(StopCrawlerResponse::default())
    }
}

operation! {
    /// Sets a crawler's schedule. <https://docs.aws.amazon.com/glue/latest/webapi/API_UpdateCrawlerSchedule.html>
    UpdateCrawlerSchedule(UpdateCrawlerScheduleRequest) -> UpdateCrawlerScheduleResponse;
    access(_glue, call, input) { on(call, "glue:UpdateCrawlerSchedule", input.crawler_name.as_ref())? }
    run(glue, call, input) {
        let expression = input.schedule.as_deref().filter(|expression| !expression.is_empty());
        glue.update_schedule(&crawler_at(call, input.crawler_name.as_ref())?, expression).await?;
        Ok(UpdateCrawlerScheduleResponse::default())
    }
}

operation! {
    /// Switches a crawler's schedule on. <https://docs.aws.amazon.com/glue/latest/webapi/API_StartCrawlerSchedule.html>
    StartCrawlerSchedule(StartCrawlerScheduleRequest) -> StartCrawlerScheduleResponse;
    access(_glue, call, input) { on(call, "glue:StartCrawlerSchedule", input.crawler_name.as_ref())? }
    run(glue, call, input) {
        glue.switch_schedule(&crawler_at(call, input.crawler_name.as_ref())?, true).await?;
        Ok(StartCrawlerScheduleResponse::default())
    }
}

operation! {
    /// Switches a crawler's schedule off. <https://docs.aws.amazon.com/glue/latest/webapi/API_StopCrawlerSchedule.html>
    StopCrawlerSchedule(StopCrawlerScheduleRequest) -> StopCrawlerScheduleResponse;
    access(_glue, call, input) { on(call, "glue:StopCrawlerSchedule", input.crawler_name.as_ref())? }
    run(glue, call, input) {
        glue.switch_schedule(&crawler_at(call, input.crawler_name.as_ref())?, false).await?;
        Ok(StopCrawlerScheduleResponse::default())
    }
}

operation! {
    /// Figures of crawlers. <https://docs.aws.amazon.com/glue/latest/webapi/API_GetCrawlerMetrics.html>
    GetCrawlerMetrics(GetCrawlerMetricsRequest) -> GetCrawlerMetricsResponse;
    access(_glue, call, _input) { vec![Access::any("glue:GetCrawlerMetrics", call.caller())] }
    run(glue, call, input) {
        let at = catalog(call, None)?;
        let purpose = pages::purpose(call, "GetCrawlerMetrics", "");
        let after = pages::after(glue, &purpose, input.next_token.as_ref())?;
        let limit = pages::limit(input.max_results, CRAWLERS_MAX);
        let (names, next_token) = match input.crawler_name_list.filter(|names| !names.is_empty()) {
            Some(names) => (names, None),
            None => {
                let page = glue.crawlers(&at, after.as_deref(), limit).await?;
                let next_token = pages::next(glue, &purpose, &page, |(name, _)| name.clone());
                (page.items.into_iter().map(|(name, _)| name).collect(), next_token)
            }
        };
        let mut list = Vec::new();
        for name in names {
            match glue.crawl_history(&at.named(&name)).await {
                Ok((row, history)) => list.push(metrics(&name, &row, &history)),
                Err(Error::NotFound(_)) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(GetCrawlerMetricsResponse { crawler_metrics_list: Some(list), next_token })
    }
}

fn seconds(crawl: &CrawlRow) -> f64 {
    (crawl.ended_micros - crawl.started_micros).max(0) as f64 / 1_000_000.0
}

fn metrics(name: &str, row: &CrawlerRow, history: &[CrawlRow]) -> CrawlerMetrics {
    let mut durations: Vec<f64> = history.iter().map(seconds).collect();
    durations.sort_by(f64::total_cmp);
    let count = |number: u32| Some(i32::try_from(number).unwrap_or(i32::MAX));
    let last = row.last.as_ref();
    CrawlerMetrics {
        crawler_name: Some(name.to_owned()),
        time_left_seconds: Some(0.0),
        still_estimating: Some(row.run.is_some()),
        last_runtime_seconds: Some(last.map_or(0.0, seconds)),
        median_runtime_seconds: Some(durations.get(durations.len() / 2).copied().unwrap_or(0.0)),
        tables_created: count(last.map_or(0, |last| last.created)),
        tables_updated: count(last.map_or(0, |last| last.updated)),
        tables_deleted: count(last.map_or(0, |last| last.deleted)),
    }
}

operation! {
    /// Runs of a crawler, newest first. <https://docs.aws.amazon.com/glue/latest/webapi/API_ListCrawls.html>
    ListCrawls(ListCrawlsRequest) -> ListCrawlsResponse;
    access(_glue, call, input) { on(call, "glue:ListCrawls", input.crawler_name.as_ref())? }
    run(glue, call, input) {
        let at = crawler_at(call, input.crawler_name.as_ref())?;
        let (row, history) = glue.crawl_history(&at).await?;
        let purpose = pages::purpose(call, "ListCrawls", &at.name);
        let after = pages::after(glue, &purpose, input.next_token.as_ref())?;
        let limit = pages::limit(input.max_results, CRAWLERS_MAX);
        let mut list = Vec::new();
        if let Some(run) = &row.run {
            list.push(CrawlerHistory {
                crawl_id: Some(run.id.clone()),
                state: Some("RUNNING".to_owned()),
                start_time: Some(shown::time(run.started_micros)),
                log_group: Some(LOG_GROUP.to_owned()),
                log_stream: Some(at.name.clone()),
                message_prefix: Some(run.id.clone()),
                ..CrawlerHistory::default()
            });
        }
        list.extend(history.iter().map(|crawl| crawl_history(&at.name, crawl)));
        for filter in input.filters.iter().flatten() {
            let mut kept = Vec::new();
            for crawl in list {
                if matches(&crawl, filter)? {
                    kept.push(crawl);
                }
            }
            list = kept;
        }
        let from = after.map_or(0, |id| {
            list.iter().position(|crawl| crawl.crawl_id.as_ref() == Some(&id)).map_or(0, |place| place + 1)
        });
        let page = base::Page::take(list.into_iter().skip(from), limit);
        let next_token = pages::next(glue, &purpose, &page, |crawl| crawl.crawl_id.clone().unwrap_or_default());
        Ok(ListCrawlsResponse { crawls: Some(page.items), next_token })
    }
}

fn crawl_history(name: &str, crawl: &CrawlRow) -> CrawlerHistory {
    let summary = serde_json::json!({
        "TABLE": {"ADD": crawl.created, "UPDATE": crawl.updated, "DELETE": crawl.deleted},
    });
    CrawlerHistory {
        crawl_id: Some(crawl.id.clone()),
        state: Some(crawl.outcome.names().1.to_owned()),
        start_time: Some(shown::time(crawl.started_micros)),
        end_time: Some(shown::time(crawl.ended_micros)),
        summary: Some(summary.to_string()),
        error_message: crawl.error.clone(),
        log_group: Some(LOG_GROUP.to_owned()),
        log_stream: Some(name.to_owned()),
        message_prefix: Some(crawl.id.clone()),
        dpu_hour: Some(0.0),
    }
}

fn matches(crawl: &CrawlerHistory, filter: &CrawlsFilter) -> Result<bool, Fault> {
    let part = |part: &Option<String>| part.clone().unwrap_or_default();
    let (field, operator, value) =
        (part(&filter.field_name), part(&filter.filter_operator), part(&filter.field_value));
    let wrong = || {
        invalid(format!(
            "Invalid Filter Provided: FieldName: {field}, FilterOperator: {operator}, FieldValue: {value}"
        ))
    };
    let text = |own: Option<&String>| match operator.as_str() {
        "EQ" => Ok(own == Some(&value)),
        "NE" => Ok(own != Some(&value)),
        _ => Err(invalid(format!("Only EQ or NE operator is allowed for field : {field}"))),
    };
    let number = |own: Option<f64>| {
        let wanted: f64 = value.parse().map_err(|_| wrong())?;
        let own = own.unwrap_or(0.0);
        Ok(match operator.as_str() {
            "EQ" => own == wanted,
            "NE" => own != wanted,
            "GT" => own > wanted,
            "GE" => own >= wanted,
            "LT" => own < wanted,
            "LE" => own <= wanted,
            _ => return Err(wrong()),
        })
    };
    let millis = |time: Option<Timestamp>| time.map(|time| time.as_millis() as f64);
    match field.as_str() {
        "CRAWL_ID" => text(crawl.crawl_id.as_ref()),
        "STATE" => text(crawl.state.as_ref()),
        "START_TIME" => number(millis(crawl.start_time)),
        "END_TIME" => number(millis(crawl.end_time)),
        "DPU_HOUR" => number(crawl.dpu_hour),
        _ => Err(wrong()),
    }
}
