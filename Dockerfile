FROM python:3.11-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /build
COPY requirements.txt requirements-build.txt ./
RUN python -m venv /opt/kpi \
 && /opt/kpi/bin/pip install --require-hashes -r requirements.txt
RUN python -m venv /opt/wheel \
 && /opt/wheel/bin/pip install --require-hashes -r requirements-build.txt
COPY pyproject.toml README.md LICENSE openapi.yaml ./
COPY service ./service
RUN /opt/wheel/bin/pip wheel --no-deps --no-build-isolation --wheel-dir dist . \
 && /opt/kpi/bin/pip install --no-deps --no-index dist/*.whl

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --no-create-home kpi
COPY --from=build /opt/kpi /opt/kpi
WORKDIR /app
COPY gunicorn.conf.py ./
ENV PATH=/opt/kpi/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 KPI_BIND=0.0.0.0:8000
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/livez', timeout=2)"]
CMD ["gunicorn", "service.app:create_app()"]
