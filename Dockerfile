# The program alone, linked statically, for nobody in particular. git is not in it, so `--since` needs another image.
FROM rust:1.91-alpine AS build
WORKDIR /source
COPY . .
RUN cargo build --profile dist --locked

FROM scratch
LABEL org.opencontainers.image.source="https://github.com/ecslint/ecslint"
LABEL org.opencontainers.image.description="Finds what Amazon ECS would refuse, before anyone deploys"
LABEL org.opencontainers.image.licenses="MIT OR Apache-2.0"
COPY --from=build /source/target/dist/ecslint /ecslint
USER 65532:65532
WORKDIR /work
ENTRYPOINT ["/ecslint"]
CMD ["check"]
