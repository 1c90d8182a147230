//! Converts a configuration to the plan that `terraform show -json` prints after everything has been created: a
//! reference to another resource has the value of its ID, ARN, or argument.

use std::hash::{DefaultHasher, Hash, Hasher};

use hcl_edit::Span as _;
use hcl_edit::expr::{Expression, ObjectKey};
use hcl_edit::structure::{Block, Body, Structure};
use hcl_edit::template::Element;
use serde_json::{Map, Value, json};

/// The plan of a configuration that contains resources with simple arguments.
pub fn of(text: &str) -> String {
    let body = hcl_edit::parser::parse_body(text).unwrap();
    let plan = Plan { body: &body, text };
    let resources = || body.get_blocks("resource");
    let configured: Vec<Value> = resources().map(|block| plan.configured(block)).collect();
    let resources: Vec<Value> = resources().map(|block| plan.resource(block)).collect();
    json!({
        "format_version": "1.2",
        "planned_values": { "root_module": { "resources": resources } },
        "configuration": { "root_module": { "resources": configured } },
    })
    .to_string()
}

struct Plan<'t> {
    body: &'t Body,
    text: &'t str,
}

impl Plan<'_> {
    fn resource(&self, block: &Block) -> Value {
        let (kind, name) = (block.labels[0].as_str(), block.labels[1].as_str());
        let address = format!("{kind}.{name}");
        let Value::Object(mut values) = self.object(&block.body) else { unreachable!() };
        let attributes: &[&str] =
            if kind == "aws_vpc" { &["id", "arn", "default_route_table_id"] } else { &["id", "arn"] };
        for attribute in attributes {
            values.insert((*attribute).to_owned(), called(&address, attribute).into());
        }
        json!({ "address": address, "mode": "managed", "type": kind, "name": name, "values": values })
    }

    /// The references of each argument, as the plan's configuration has them.
    fn configured(&self, block: &Block) -> Value {
        let (kind, name) = (block.labels[0].as_str(), block.labels[1].as_str());
        let arguments = block.body.attributes();
        let expressions = arguments.map(|argument| {
            let references: Vec<&str> = match &argument.value {
                Expression::Traversal(_) => vec![self.text[argument.value.span().unwrap()].trim()],
                _ => Vec::new(),
            };
            (argument.key.to_string(), json!({ "references": references }))
        });
        let expressions: Map<String, Value> = expressions.collect();
        let address = format!("{kind}.{name}");
        json!({ "address": address, "mode": "managed", "type": kind, "name": name, "expressions": expressions })
    }

    fn object(&self, body: &Body) -> Value {
        let mut values = Map::new();
        for structure in body {
            match structure {
                Structure::Attribute(attribute) => {
                    values.insert(attribute.key.to_string(), self.value(&attribute.value));
                }
                Structure::Block(block) => {
                    let all = values.entry(block.ident.to_string()).or_insert_with(|| json!([]));
                    all.as_array_mut().unwrap().push(self.object(&block.body));
                }
            }
        }
        Value::Object(values)
    }

    fn value(&self, expression: &Expression) -> Value {
        match expression {
            Expression::Bool(value) => (*value.value()).into(),
            Expression::Number(_) => serde_json::from_str(&self.text[expression.span().unwrap()]).unwrap(),
            Expression::String(text) => text.as_str().into(),
            Expression::Array(items) => items.iter().map(|item| self.value(item)).collect(),
            Expression::Object(members) => {
                let key = |key: &ObjectKey| match key {
                    ObjectKey::Ident(name) => name.to_string(),
                    ObjectKey::Expression(text) => text.as_str().unwrap().to_owned(),
                };
                let members = members.iter().map(|(name, value)| (key(name), self.value(value.expr())));
                Value::Object(members.collect())
            }
            Expression::FuncCall(call) => {
                assert_eq!(call.name.name.as_str(), "jsonencode");
                self.value(call.args.iter().next().unwrap()).to_string().into()
            }
            Expression::StringTemplate(template) => {
                let parts = template.iter().map(|part| match part {
                    Element::Literal(text) => text.to_string(),
                    Element::Interpolation(inner) => self.value(&inner.expr).as_str().unwrap().to_owned(),
                    Element::Directive(_) => unreachable!(),
                });
                parts.collect::<String>().into()
            }
            Expression::Traversal(_) => self.taken(self.text[expression.span().unwrap()].trim()),
            other => panic!("{other:?}"),
        }
    }

    /// The value of a reference.
    fn taken(&self, reference: &str) -> Value {
        let [kind, name, attribute] = reference.split('.').collect::<Vec<_>>()[..] else {
            panic!("{reference}")
        };
        let is_it = |block: &&Block| block.has_exact_labels(&[kind, name]);
        let block = self.body.get_blocks("resource").find(is_it);
        let argument = block.and_then(|block| block.body.get_attribute(attribute));
        match argument {
            Some(argument) => self.value(&argument.value),
            None => called(&format!("{kind}.{name}"), attribute).into(),
        }
    }
}

/// The name of a resource in AWS.
fn called(address: &str, attribute: &str) -> String {
    let mut hasher = DefaultHasher::new();
    (address, attribute).hash(&mut hasher);
    match attribute {
        "arn" => format!("arn:aws:some:eu-west-1:123456789012:{address}"),
        _ => format!("it-{:016x}", hasher.finish()),
    }
}
