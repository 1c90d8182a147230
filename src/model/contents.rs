//! What public images contain. Each row was checked at the Dockerfile of the image; an image in no row is unknown.

use Start::{Command, Entrypoint};

/// What a container runs if its definition has no `entryPoint`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// The first word of `command`, because the image has no entry point.
    Command,
    /// The entry point of the image.
    Entrypoint,
}

/// What an image contains.
#[derive(Clone, Copy, Debug)]
pub struct Contents {
    /// Well-known programs that it does not contain.
    pub lacks: &'static [&'static str],
    /// What it runs.
    pub start: Start,
    /// The Dockerfile, and the date of the commit at which it was read.
    pub source: &'static str,
}

/// The names of a repository, without `library/` and without the registry of Docker Hub; the word in the tag that selects the
/// variant, empty if the tag has no such word; the programs that the image lacks; what it runs; and the source.
type Row = (&'static [&'static str], &'static str, &'static [&'static str], Start, &'static str);

const NO_SHELL: &[&str] = &["sh", "bash", "curl", "wget", "nc"];

const ROWS: &[Row] = &[
    (
        &["nginx", "public.ecr.aws/nginx/nginx"],
        "alpine-slim",
        &["curl"],
        Entrypoint,
        "nginx/docker-nginx mainline/alpine-slim/Dockerfile, 2026-04-14",
    ),
    (
        &["nginx", "public.ecr.aws/nginx/nginx"],
        "",
        &["wget"],
        Entrypoint,
        "nginx/docker-nginx mainline/debian/Dockerfile, 2026-04-14",
    ),
    (&["httpd"], "alpine", &["curl"], Command, "docker-library/httpd 2.4/alpine/Dockerfile, 2026-06-10"),
    (&["httpd"], "", &["curl", "wget"], Command, "docker-library/httpd 2.4/Dockerfile, 2026-06-10"),
    (
        &["redis"],
        "alpine",
        &["curl"],
        Entrypoint,
        "redis/docker-library-redis 7.4/alpine/Dockerfile, 2024-10-04",
    ),
    (
        &["redis"],
        "",
        &["curl", "wget"],
        Entrypoint,
        "redis/docker-library-redis 7.4/debian/Dockerfile, 2024-10-04",
    ),
    (
        &["postgres"],
        "alpine",
        &["curl"],
        Entrypoint,
        "docker-library/postgres 18/alpine3.23/Dockerfile, 2026-02-26",
    ),
    (
        &["postgres"],
        "",
        &["curl", "wget"],
        Entrypoint,
        "docker-library/postgres 18/trixie/Dockerfile, 2026-02-26",
    ),
    (
        &["python"],
        "alpine",
        &["curl"],
        Command,
        "docker-library/python 3.13/alpine3.23/Dockerfile, 2026-06-23",
    ),
    (
        &["python"],
        "slim",
        &["curl", "wget"],
        Command,
        "docker-library/python 3.13/slim-trixie/Dockerfile, 2026-06-23",
    ),
    (&["python"], "", &[], Command, "docker-library/python 3.13/trixie/Dockerfile, 2026-06-23"),
    (&["node"], "alpine", &["curl"], Entrypoint, "nodejs/docker-node 22/alpine3.23/Dockerfile, 2026-08-19"),
    (
        &["node"],
        "slim",
        &["curl", "wget"],
        Entrypoint,
        "nodejs/docker-node 22/bookworm-slim/Dockerfile, 2026-08-19",
    ),
    (&["ruby"], "alpine", &["curl"], Command, "docker-library/ruby 3.4/alpine3.22/Dockerfile, 2026-04-21"),
    (
        &["ruby"],
        "slim",
        &["curl", "wget"],
        Command,
        "docker-library/ruby 3.4/slim-bookworm/Dockerfile, 2026-04-21",
    ),
    (&["php"], "", &["wget"], Entrypoint, "docker-library/php 8.4/bookworm/fpm/Dockerfile, 2026-07-30"),
    (
        &["eclipse-temurin"],
        "alpine",
        &["curl"],
        Entrypoint,
        "adoptium/containers 21/jre/alpine/3.23/Dockerfile, 2026-08-05",
    ),
    (
        &["alpine"],
        "",
        &["curl"],
        Command,
        "nginx/docker-nginx mainline/alpine/Dockerfile, which adds it, 2026-04-14",
    ),
    (
        &["busybox"],
        "",
        &["curl"],
        Command,
        "docker-library/busybox latest/glibc/amd64/image-config.json, 2024-09-26",
    ),
    (
        &["envoyproxy/envoy"],
        "distroless",
        NO_SHELL,
        Entrypoint,
        "envoyproxy/envoy distribution/docker/Dockerfile-envoy, commit 0252c88",
    ),
    (
        &["envoyproxy/envoy"],
        "",
        &["curl", "wget"],
        Entrypoint,
        "envoyproxy/envoy distribution/docker/Dockerfile-envoy, commit 0252c88",
    ),
    (
        &["amazon/aws-otel-collector", "public.ecr.aws/aws-observability/aws-otel-collector"],
        "",
        NO_SHELL,
        Entrypoint,
        "aws-observability/aws-otel-collector cmd/awscollector/Dockerfile, 2026-07-16",
    ),
    (
        &["amazon/aws-xray-daemon", "public.ecr.aws/xray/aws-xray-daemon"],
        "",
        NO_SHELL,
        Entrypoint,
        "aws/aws-xray-daemon Dockerfile, 2026-07-23",
    ),
    (
        &[
            "gcr.io/distroless/static",
            "gcr.io/distroless/static-debian12",
            "gcr.io/distroless/static-debian13",
            "gcr.io/distroless/base",
            "gcr.io/distroless/base-debian12",
            "gcr.io/distroless/base-debian13",
            "gcr.io/distroless/cc-debian12",
            "gcr.io/distroless/cc-debian13",
            "gcr.io/distroless/python3-debian12",
            "gcr.io/distroless/java17-debian12",
            "gcr.io/distroless/java21-debian12",
            "gcr.io/distroless/nodejs20-debian12",
            "gcr.io/distroless/nodejs22-debian12",
        ],
        "",
        NO_SHELL,
        Entrypoint,
        "GoogleContainerTools/distroless README.md, 2026-08-21",
    ),
];

/// Words in a tag that select another base than the usual one.
const BASES: &[&str] =
    &["alpine", "slim", "windows", "nanoserver", "ubi", "ubuntu", "distroless", "debug", "perl", "otel"];

/// The registries that serve the images of Docker Hub.
const MIRRORS: &[&str] = &[
    "docker.io/",
    "index.docker.io/",
    "registry-1.docker.io/",
    "registry.hub.docker.com/",
    "public.ecr.aws/docker/",
    "mirror.gcr.io/",
];

/// The repository of an image, without `library/` and without the registry of Docker Hub, and its tag; `None` if only a digest
/// selects the version.
pub fn repository_and_tag(image: &str) -> Option<(&str, &str)> {
    let (name, has_digest) = image.split_once('@').map_or((image, false), |(name, _)| (name, true));
    let (repository, tag) = match name.rsplit_once(':') {
        Some((repository, tag)) if !tag.contains('/') => (repository, tag),
        _ if has_digest => return None,
        _ => (name, "latest"),
    };
    let hub = MIRRORS.iter().find_map(|mirror| repository.strip_prefix(mirror)).unwrap_or(repository);
    Some((hub.strip_prefix("library/").unwrap_or(hub), tag))
}

/// What an image contains; `None` if that is unknown.
pub fn contents(image: &str) -> Option<Contents> {
    let (repository, tag) = repository_and_tag(image)?;
    let is_usual = !BASES.iter().any(|base| tag.contains(base));
    let fits = |variant: &str| if variant.is_empty() { is_usual } else { tag.contains(variant) };
    let row = ROWS.iter().find(|(names, variant, ..)| names.contains(&repository) && fits(variant))?;
    let (_, _, lacks, start, source) = *row;
    Some(Contents { lacks, start, source })
}
