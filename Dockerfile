# A headquarters in a container, made from a release's folder (python3 run.py release):
#
#   docker build --build-arg RELEASE=dist/openmidas-0.1.0 --tag openmidas .
#
# The build installs the release's own wheels by their hashes and asks no index. Check the release's
# signature first: docs/administrators/installation.en.md.
FROM python:3.13-slim-bookworm AS build
ARG RELEASE
COPY ${RELEASE} /release
RUN ["python", "-I", "-c", "import sys; sys.path.insert(0, '/release'); import release; from pathlib import Path; folder = Path('/release'); release.copy_checked(folder, release.decode_manifest(release.read_manifest(folder)), Path('/checked')); release.make_environment(Path('/checked'), Path('/opt/openmidas/current'), sys.executable)"]

FROM python:3.13-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /var/lib/openmidas --shell /usr/sbin/nologin midas \
    && install --directory --owner=midas --group=midas --mode=0700 /var/lib/openmidas
COPY --from=build /opt/openmidas/current /opt/openmidas/current
ENV OPENMIDAS_HOME=/var/lib/openmidas \
    PATH=/opt/openmidas/current/bin:/usr/local/bin:/usr/bin:/bin \
    PYTHONDONTWRITEBYTECODE=1
USER midas
VOLUME ["/var/lib/openmidas"]
ENTRYPOINT ["midas"]
CMD ["serve"]
