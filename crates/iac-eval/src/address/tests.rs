use super::*;

fn unit(number: u32) -> UnitId {
    UnitId::new(FileId(number))
}

fn address(text: &str) -> Address {
    Address::parse(unit(0), text).unwrap_or_else(|| panic!("{text} names no resource"))
}

#[test]
fn an_address_is_printed_as_it_is_spelled() {
    for text in [
        "aws_lb.main",
        "aws_lb.main[0]",
        "data.aws_subnets.private",
        "module.data.aws_lb.main",
        "module.data.data.aws_vpc.main",
        "module.a[\"x.y\"].module.metadata[3].aws_lb.b[\"c[\\\"d\\\"]\"]",
    ] {
        assert_eq!(address(text).to_string(), text);
    }
}

#[test]
fn what_names_no_resource_has_no_address() {
    for text in [
        "",
        "module.a",
        "aws_lb",
        "module.a.aws_lb",
        "aws_lb.main[\"a",
        "aws_lb.main[0]x",
        "aws_lb.main.arn.more",
    ] {
        assert_eq!(Address::parse(unit(0), text), None, "{text}");
    }
}

#[test]
fn an_instance_of_a_block_may_be_any_of_it() {
    let other = |ours: &str, theirs: &str| address(ours).is_certainly_other(&address(theirs));
    assert!(other("aws_vpc.a", "aws_vpc.b"));
    assert!(other("aws_vpc.a[0]", "aws_vpc.a[1]"));
    assert!(!other("aws_vpc.a", "aws_vpc.a[1]"));
    assert!(!other("module.m.aws_vpc.a[0]", "module.m[0].aws_vpc.a"));
    assert!(other("module.m[\"a\"].aws_vpc.a", "module.m[\"b\"].aws_vpc.a"));
    assert!(other("module.m[\"a\"].aws_vpc.a", "module.m[\"b\"].aws_vpc.a[0]"));
    assert!(other("data.aws_vpc.a", "aws_vpc.a"));
}

#[test]
fn resources_of_two_roots_are_two() {
    let ours = address("aws_vpc.a");
    let theirs = Address { root: unit(1), ..ours.clone() };
    assert!(ours.is_certainly_other(&theirs) && ours != theirs);
}

#[test]
fn a_module_lies_within_each_instance_of_its_calls() {
    let module = |text: &str| address(&format!("{text}.a.b")).module;
    let calls = |text: &str| module(text).calls().collect::<Vec<_>>();
    assert_eq!(
        calls("module.web[\"a\"].module.b[0]"),
        [module("module.web"), module("module.web[\"a\"].module.b")]
    );
    assert_eq!(calls("module.website"), [module("module.website")]);
    assert!(ModulePath::default().calls().next().is_none());
}

#[test]
fn a_reference_says_what_kind_of_thing_it_names() {
    assert_eq!(Reference::parse("var.image"), Some(Reference::Variable("image".into())));
    assert_eq!(Reference::parse("module.a[0].id"), Some(Reference::Module("a".into(), Some("id".into()))));
    let vpc = ResourceName::data("aws_vpc", "main");
    assert_eq!(Reference::parse("data.aws_vpc.main.id"), Some(Reference::Resource(vpc, Some("id".into()))));
    let lb = ResourceName::managed("aws_lb", "a");
    assert_eq!(Reference::parse("aws_lb.a"), Some(Reference::Resource(lb, None)));
    assert_eq!(Reference::parse("each.key"), None);
}

#[test]
fn an_attribute_may_be_an_item_of_a_list() {
    assert_eq!(item("names[2]"), Some(("names", 2)));
    assert_eq!(item("names"), None);
    assert_eq!(item("names[…]"), None);
}
