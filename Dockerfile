# Only the statically linked program, run as an unprivileged user. Without git, `--since` does not work in this image.
FROM rust:1.91-alpine AS build
WORKDIR /source
COPY . .
RUN cargo build --profile dist --locked

FROM scratch
LABEL org.opencontainers.image.source="https://github.com/ecslint/ecslint"
LABEL org.opencontainers.image.description="Reports configuration that Amazon ECS would reject, before you deploy it"
LABEL org.opencontainers.image.licenses="MIT OR Apache-2.0"
COPY --from=build /source/target/dist/ecslint /ecslint
USER 65532:65532
WORKDIR /work
ENTRYPOINT ["/ecslint"]
CMD ["check"]
