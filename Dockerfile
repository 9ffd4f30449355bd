# The app for shared use. Built with the network, run without any but the database and the login's provider.
#   docker build -t kokoonpano .
FROM python:3.12-slim-bookworm AS build
WORKDIR /source
COPY pyproject.toml README.md LICENSE ./
COPY selection ./selection
RUN python -m venv /opt/kokoonpano \
    && /opt/kokoonpano/bin/pip install --no-cache-dir . \
    && /opt/kokoonpano/bin/python -m compileall -q /opt/kokoonpano/lib

FROM python:3.12-slim-bookworm
RUN useradd --system --uid 10001 --home-dir /tmp --shell /usr/sbin/nologin kokoonpano \
    && install -d -o kokoonpano -g kokoonpano -m 0700 /data
COPY --from=build /opt/kokoonpano /opt/kokoonpano
ENV HOME=/tmp \
    PATH=/opt/kokoonpano/bin:/usr/local/bin:/usr/bin:/bin \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    SELECTION_DATA=/data \
    TZ=Europe/Helsinki
USER 10001:10001
VOLUME ["/data"]
EXPOSE 8501
HEALTHCHECK --interval=30s --timeout=20s --start-period=60s --retries=3 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8501/ready', timeout=18)"]
ENTRYPOINT ["selection"]
# Refuses to start without the settings of login and TLS: see docs/running.md.
CMD ["app", "--address", "0.0.0.0"]
