// Node-RED without its editor, on loopback, talking to nobody but the service.
module.exports = {
  uiHost: "127.0.0.1",
  uiPort: process.env.NODE_RED_PORT,
  httpAdminRoot: false,
  credentialSecret: false,
  telemetry: { enabled: false },
  externalModules: { autoInstall: false },
  logging: { console: { level: "warn" } },
};
