use super::*;

#[test]
fn names_are_relative_to_the_base() {
    let mut sources = Sources::new("/work/app");
    let inside = sources.add(Path::new("./ecs/../task.json"), "");
    let outside = sources.add(Path::new("../other/task.json"), "");
    assert_eq!(sources.name(inside), "task.json");
    assert_eq!(sources.name(outside), "/work/other/task.json");
}

#[test]
fn a_reader_without_end_is_refused() {
    assert_eq!(bounded(std::io::repeat(b' ')), Err(Unreadable::TooLarge));
}

#[test]
fn nothing_is_read_outside_of_the_roots() {
    let sources = Sources::new("/");
    assert_eq!(sources.load(Path::new("/etc/passwd")), Err(Unreadable::Outside));
}
