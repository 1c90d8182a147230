//! `--fix` keeps the owner, the group, the permissions, and the links of a file.

use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, chown, symlink};

use crate::program::{NOBODY, directory, is_root, run, skipped, text, unprivileged};

const BROKEN: &str = r#"{ "family": "web", "networkMode": "awsvpc", "containerDefinitions": [{ "name": "a", "image": "a", "memory": 128, "portMappings": [{ "containerPort": 80, "hostPort": 81 }] }] }
"#;

fn fixed() -> String {
    BROKEN.replace("81", "80")
}

#[test]
fn the_owner_and_the_group_stay() {
    if !is_root() {
        return skipped("owner of a fixed file", "only root can give a file to another user");
    }
    let directory = directory(&[("task.json", BROKEN)]);
    let path = directory.path().join("task.json");
    chown(&path, Some(NOBODY), Some(12)).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o664)).unwrap();
    assert_eq!(run(directory.path(), &["check", "--fix"]).0, 0);
    let after = path.metadata().unwrap();
    assert_eq!((after.uid(), after.gid(), after.mode() & 0o7777), (NOBODY, 12, 0o664));
    assert_eq!(fs::read_to_string(&path).unwrap(), fixed());
    assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 1);
}

/// The file of another user, in a directory in which everybody may replace it.
#[test]
fn a_file_whose_owner_cannot_be_kept_is_written_in_place() {
    if !is_root() {
        return skipped("fix of another user's file", "only root can give a file to another user");
    }
    let directory = directory(&[("task.json", BROKEN)]);
    let path = directory.path().join("task.json");
    let Some(mut command) = unprivileged(directory.path(), &["check", "--fix"]) else { return };
    chown(&path, Some(12), Some(12)).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o666)).unwrap();
    let (code, _, err) = text(&command.output().unwrap());
    assert_eq!(code, 0, "{err}");
    let after = path.metadata().unwrap();
    assert_eq!((after.uid(), after.gid(), after.mode() & 0o7777), (12, 12, 0o666));
    assert_eq!(fs::read_to_string(&path).unwrap(), fixed());
    // Nobody may write this one.
    fs::write(&path, BROKEN).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).unwrap();
    let (code, _, err) = text(&command.output().unwrap());
    assert_eq!(code, 2, "{err}");
    assert_eq!(fs::read_to_string(&path).unwrap(), BROKEN);
    assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 1);
}

#[test]
fn all_names_of_a_file_have_the_new_text() {
    let directory = directory(&[("ecs/task.json", BROKEN)]);
    let (path, other) = (directory.path().join("ecs/task.json"), directory.path().join("other"));
    fs::hard_link(&path, &other).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    assert_eq!(run(directory.path(), &["check", "--fix", "ecs"]).0, 0);
    let (one, two) = (path.metadata().unwrap(), other.metadata().unwrap());
    assert_eq!((one.ino(), one.nlink(), one.mode() & 0o7777), (two.ino(), 2, 0o640));
    assert_eq!(fs::read_to_string(&other).unwrap(), fixed());
}

#[test]
fn links_to_links_stay_and_a_long_name_is_written() {
    let long = format!("{}.json", "x".repeat(250));
    let directory = directory(&[("real/task.json", BROKEN), (&long, &BROKEN.replace("web", "long"))]);
    let link = |to: &str, name: &str| {
        symlink(to, directory.path().join(name)).unwrap();
    };
    link("real/task.json", "first");
    link("first", "second.json");
    assert_eq!(run(directory.path(), &["check", "--fix", "second.json", &long]).0, 0);
    for name in ["first", "second.json"] {
        assert!(directory.path().join(name).symlink_metadata().unwrap().is_symlink());
    }
    assert_eq!(fs::read_to_string(directory.path().join("real/task.json")).unwrap(), fixed());
    assert!(fs::read_to_string(directory.path().join(long)).unwrap().contains("\"hostPort\": 80"));
}

#[test]
fn a_file_that_is_checked_under_two_names_is_written_once() {
    let directory = directory(&[("one/task.json", BROKEN), ("two/other.txt", "")]);
    let (one, two) = (directory.path().join("one/task.json"), directory.path().join("two/task.json"));
    fs::hard_link(&one, &two).unwrap();
    assert_eq!(run(directory.path(), &["check", "--fix", "one", "two"]).0, 0);
    assert_eq!(fs::read_to_string(&two).unwrap(), fixed());
    assert_eq!(one.metadata().unwrap().ino(), two.metadata().unwrap().ino());
}

#[test]
fn a_file_in_a_directory_where_none_can_be_created_is_written_in_place() {
    let directory = directory(&[("ecs/task.json", BROKEN)]);
    let Some(mut command) = unprivileged(directory.path(), &["check", "--fix"]) else { return };
    let ecs = directory.path().join("ecs");
    fs::set_permissions(&ecs, fs::Permissions::from_mode(0o555)).unwrap();
    let (code, _, err) = text(&command.output().unwrap());
    fs::set_permissions(&ecs, fs::Permissions::from_mode(0o755)).unwrap();
    assert_eq!(code, 0, "{err}");
    assert_eq!(fs::read_to_string(ecs.join("task.json")).unwrap(), fixed());
}
