//! Operations on classifiers.

use service::Fault;
use wire::Need;

use super::access::{self, catalog};
use super::fault::invalid;
use super::operation::operation;
use super::{pages, shown};
use crate::engine::Error;
use crate::engine::crawler::classify::Custom;
use crate::engine::crawler::csv::Options;
use crate::engine::crawler::grok::Grok;
use crate::shapes::*;
use crate::tables::crawling::{CLASSIFIERS, ClassifierRow};

/// Classifiers of one answer.
const CLASSIFIERS_MAX: usize = 1_000;

fn missing(name: &str) -> Error {
    Error::NotFound(format!("Classifier {name} does not exist"))
}

/// The name of the one classifier that a request is about.
fn name_of(input: &CreateClassifierRequest) -> Result<String, Fault> {
    let names = [
        input.grok_classifier.as_ref().and_then(|one| one.name.clone()),
        input.xml_classifier.as_ref().and_then(|one| one.name.clone()),
        input.json_classifier.as_ref().and_then(|one| one.name.clone()),
        input.csv_classifier.as_ref().and_then(|one| one.name.clone()),
    ];
    let mut given = names.into_iter().flatten();
    match (given.next(), given.next()) {
        (Some(name), None) => Ok(name),
        (_, _) => Err(invalid("Exactly one classifier has to be provided.")),
    }
}

/// Refuses what can classify nothing.
fn check(input: &CreateClassifierRequest) -> Result<(), Fault> {
    if let Some(grok) = &input.grok_classifier {
        let (pattern, custom) = (grok.grok_pattern.as_deref(), grok.custom_patterns.as_deref());
        Grok::new(pattern.unwrap_or_default(), custom.unwrap_or_default())
            .map_err(|why| invalid(format!("The grok pattern is not valid: {why}")))?;
    }
    Ok(())
}

/// A classifier as crawls use it.
pub(crate) fn custom(row: &ClassifierRow) -> Result<Custom, Fault> {
    let input: CreateClassifierRequest = shown::kept(&row.input)?;
    if let Some(grok) = input.grok_classifier {
        return Ok(Custom::Grok {
            classification: grok.classification.unwrap_or_default(),
            pattern: grok.grok_pattern.unwrap_or_default(),
            custom: grok.custom_patterns.unwrap_or_default(),
        });
    }
    if let Some(json) = input.json_classifier {
        return Ok(Custom::Json { path: json.json_path.unwrap_or_default() });
    }
    if let Some(csv) = input.csv_classifier {
        let first = |text: Option<String>| text.and_then(|text| text.chars().next());
        let contains_header = match csv.contains_header.as_deref() {
            Some("PRESENT") => Some(true),
            Some("ABSENT") => Some(false),
            Some(_) | None => None,
        };
        let options = Options {
            delimiter: first(csv.delimiter),
            quote: first(csv.quote_symbol),
            header: csv.header.unwrap_or_default(),
            contains_header,
            single_column: csv.allow_single_column == Some(true),
            untrimmed: csv.disable_value_trimming == Some(true),
        };
        return Ok(Custom::Csv { options, open_serde: csv.serde.as_deref() == Some("OpenCSVSerDe") });
    }
    Ok(Custom::Xml)
}

fn classifier(row: &ClassifierRow) -> Result<Classifier, Fault> {
    let input: CreateClassifierRequest = shown::kept(&row.input)?;
    let creation_time = Some(shown::time(row.created_micros));
    let last_updated = Some(shown::time(row.updated_micros));
    let version = Some(row.version.cast_signed());
    Ok(Classifier {
        grok_classifier: input.grok_classifier.map(|one| GrokClassifier {
            name: one.name,
            classification: one.classification,
            creation_time,
            last_updated,
            version,
            grok_pattern: one.grok_pattern,
            custom_patterns: one.custom_patterns,
        }),
        xml_classifier: input.xml_classifier.map(|one| XMLClassifier {
            name: one.name,
            classification: one.classification,
            creation_time,
            last_updated,
            version,
            row_tag: one.row_tag,
        }),
        json_classifier: input.json_classifier.map(|one| JsonClassifier {
            name: one.name,
            creation_time,
            last_updated,
            version,
            json_path: one.json_path,
        }),
        csv_classifier: input.csv_classifier.map(|one| CsvClassifier {
            name: one.name,
            creation_time,
            last_updated,
            version,
            delimiter: one.delimiter,
            quote_symbol: one.quote_symbol,
            contains_header: one.contains_header,
            header: one.header,
            disable_value_trimming: one.disable_value_trimming,
            allow_single_column: one.allow_single_column,
            custom_datatype_configured: one.custom_datatype_configured,
            custom_datatypes: one.custom_datatypes,
            serde: one.serde,
        }),
    })
}

operation! {
    /// Creates a classifier. <https://docs.aws.amazon.com/glue/latest/webapi/API_CreateClassifier.html>
    /// Differs: classifiers of XML are kept, and take no file.
    CreateClassifier(CreateClassifierRequest) -> CreateClassifierResponse;
    access(_glue, call, _input) { access::other(call, "glue:CreateClassifier", "*") }
    run(glue, call, input) {
        let at = catalog(call, None)?.named(&name_of(&input)?);
        check(&input)?;
        let now = glue.now().as_micros();
        let row = ClassifierRow { created_micros: now, updated_micros: now, version: 1, input: wire::keep(&input) };
        let exists = || Error::Exists(format!("Classifier with name {} already exists", at.name));
        glue.create_named(CLASSIFIERS, &at, &row, exists, None).await?;
        Ok(CreateClassifierResponse::default())
    }
}

operation! {
    /// A classifier. <https://docs.aws.amazon.com/glue/latest/webapi/API_GetClassifier.html>
    GetClassifier(GetClassifierRequest) -> GetClassifierResponse;
    access(_glue, call, _input) { access::other(call, "glue:GetClassifier", "*") }
    run(glue, call, input) {
        let at = catalog(call, None)?.named(&input.name.need());
        let row = glue.named(CLASSIFIERS, &at, || missing(&at.name)).await?;
        Ok(GetClassifierResponse { classifier: Some(classifier(&row.value)?) })
    }
}

operation! {
    /// Classifiers by name. <https://docs.aws.amazon.com/glue/latest/webapi/API_GetClassifiers.html>
    GetClassifiers(GetClassifiersRequest) -> GetClassifiersResponse;
    access(_glue, call, _input) { access::other(call, "glue:GetClassifiers", "*") }
    run(glue, call, input) {
        let at = catalog(call, None)?;
        let purpose = pages::purpose(call, "GetClassifiers", "");
        let after = pages::after(glue, &purpose, input.next_token.as_ref())?;
        let limit = pages::limit(input.max_results, CLASSIFIERS_MAX);
        let page = glue.all_named(CLASSIFIERS, &at, after.as_deref(), limit).await?;
        let next_token = pages::next(glue, &purpose, &page, |(name, _)| name.clone());
        let list: Result<Vec<_>, Fault> = page.items.iter().map(|(_, row)| classifier(row)).collect();
        Ok(GetClassifiersResponse { classifiers: Some(list?), next_token })
    }
}

/// The classifier that an update makes of one that is there.
fn updated(row: &ClassifierRow, input: &UpdateClassifierRequest) -> Result<Vec<u8>, Fault> {
    let mut there: CreateClassifierRequest = shown::kept(&row.input)?;
    let other = || invalid("A classifier cannot become one of another kind.");
    if let Some(new) = &input.grok_classifier {
        let old = there.grok_classifier.as_mut().ok_or_else(other)?;
        old.classification = new.classification.clone().or(old.classification.take());
        old.grok_pattern = new.grok_pattern.clone().or(old.grok_pattern.take());
        old.custom_patterns = new.custom_patterns.clone().or(old.custom_patterns.take());
    }
    if let Some(new) = &input.xml_classifier {
        let old = there.xml_classifier.as_mut().ok_or_else(other)?;
        old.classification = new.classification.clone().or(old.classification.take());
        old.row_tag = new.row_tag.clone().or(old.row_tag.take());
    }
    if let Some(new) = &input.json_classifier {
        let old = there.json_classifier.as_mut().ok_or_else(other)?;
        old.json_path = new.json_path.clone().or(old.json_path.take());
    }
    if let Some(new) = &input.csv_classifier {
        let old = there.csv_classifier.as_mut().ok_or_else(other)?;
        old.delimiter = new.delimiter.clone().or(old.delimiter.take());
        old.quote_symbol = new.quote_symbol.clone().or(old.quote_symbol.take());
        old.contains_header = new.contains_header.clone().or(old.contains_header.take());
        old.header = new.header.clone().or(old.header.take());
        old.disable_value_trimming = new.disable_value_trimming.or(old.disable_value_trimming);
        old.allow_single_column = new.allow_single_column.or(old.allow_single_column);
        old.custom_datatype_configured = new.custom_datatype_configured.or(old.custom_datatype_configured);
        old.custom_datatypes = new.custom_datatypes.clone().or(old.custom_datatypes.take());
        old.serde = new.serde.clone().or(old.serde.take());
    }
    check(&there)?;
    Ok(wire::keep(&there))
}

operation! {
    /// Changes a classifier. <https://docs.aws.amazon.com/glue/latest/webapi/API_UpdateClassifier.html>
    UpdateClassifier(UpdateClassifierRequest) -> UpdateClassifierResponse;
    access(_glue, call, _input) { access::other(call, "glue:UpdateClassifier", "*") }
    run(glue, call, input) {
        let names = [
            input.grok_classifier.as_ref().and_then(|one| one.name.as_ref()),
            input.xml_classifier.as_ref().and_then(|one| one.name.as_ref()),
            input.json_classifier.as_ref().and_then(|one| one.name.as_ref()),
            input.csv_classifier.as_ref().and_then(|one| one.name.as_ref()),
        ];
        let name = names.into_iter().flatten().next();
        let name = name.ok_or_else(|| invalid("Exactly one classifier has to be provided."))?;
        let at = catalog(call, None)?.named(name);
        let row = glue.named(CLASSIFIERS, &at, || missing(&at.name)).await?;
        let changed = updated(&row.value, &input)?;
        let now = glue.now().as_micros();
        let change = |row: &mut ClassifierRow, _: &mut store::Commit| {
            row.input.clone_from(&changed);
            row.version += 1;
            row.updated_micros = now;
            Ok(())
        };
        glue.change_named(CLASSIFIERS, &at, || missing(&at.name), change).await?;
        Ok(UpdateClassifierResponse::default())
    }
}

operation! {
    /// Deletes a classifier. <https://docs.aws.amazon.com/glue/latest/webapi/API_DeleteClassifier.html>
    DeleteClassifier(DeleteClassifierRequest) -> DeleteClassifierResponse;
    access(_glue, call, _input) { access::other(call, "glue:DeleteClassifier", "*") }
    run(glue, call, input) {
        let at = catalog(call, None)?.named(&input.name.need());
        glue.delete_named(CLASSIFIERS, &at, || missing(&at.name), None, |_, _| Ok(())).await?;
        Ok(DeleteClassifierResponse::default())
    }
}
