// The Apps Script library against the real service, with Google's services as thin stand-ins
// that really fetch, cache and hash. Run by test_google_sheets.py with KPI_URL set.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";

const URL_OF_SERVICE = process.env.KPI_URL;
const SOURCE = readFileSync(new URL("../../clients/google-sheets/Kpi.gs", import.meta.url), "utf8");

function library({ answers = [] } = {}) {
  const calls = [];
  const slept = [];
  const kept = new Map();
  const fetch = (url, options) => {
    calls.push(url);
    const prepared = answers.shift();
    if (prepared) return response(prepared.status, prepared.body, prepared.headers);
    const command = ["-s", "-w", "\n%{http_code}", url];
    for (const [name, value] of Object.entries(options.headers)) command.push("-H", `${name}: ${value}`);
    if (options.payload) {
      command.push("-H", `Content-Type: ${options.contentType}`, "--data-binary", "@-");
    }
    const told = execFileSync("curl", command, { input: options.payload ?? "" }).toString();
    const cut = told.lastIndexOf("\n");
    return response(Number(told.slice(cut + 1)), told.slice(0, cut), {});
  };
  const context = vm.createContext({
    UrlFetchApp: { fetch },
    CacheService: { getScriptCache: () => ({ get: (n) => kept.get(n) ?? null, put: (n, t) => kept.set(n, t) }) },
    PropertiesService: {
      getScriptProperties: () => ({ getProperty: (n) => ({ KPI_URL: URL_OF_SERVICE })[n] ?? null }),
    },
    Utilities: {
      sleep: (ms) => slept.push(ms),
      DigestAlgorithm: { SHA_256: "sha256" },
      computeDigest: (name, text) => [...createHash(name).update(text).digest()],
      base64Encode: (bytes) => Buffer.from(bytes).toString("base64"),
    },
  });
  vm.runInContext(SOURCE, context);
  return { ...context, calls, slept };
}

function response(status, body, headers) {
  return { getResponseCode: () => status, getContentText: () => body, getHeaders: () => headers };
}

const plain = (value) => JSON.parse(JSON.stringify(value));

test("a row gives a value", () => {
  const sheet = library();
  assert.deepEqual(plain(sheet.KPI("marketing_roi", [["revenue", "marketing_cost"]], [[500, 100]])), [[4]]);
});

test("a range is one call, in order, each row with its own message", () => {
  const sheet = library();
  const rows = Array.from({ length: 700 }, (_, i) => [i, 2]);
  rows[3] = [1, 0];
  rows[4] = ["x", 2];
  rows[5] = ["", ""];
  const cells = plain(sheet.KPI("cpl", [["campaign_costs", "leads"]], rows)).map(([cell]) => cell);
  assert.equal(sheet.calls.length, 1);
  assert.equal(cells[699], 349.5);
  assert.match(cells[3], /^#N\/A leads is 0/);
  assert.match(cells[4], /^#VALUE! .*campaign_costs/);
  assert.equal(cells[5], "");
});

test("a table names its inputs in the heading", () => {
  const sheet = library();
  const table = [["campaign_costs", "leads"], [6, 3]];
  assert.deepEqual(plain(sheet.KPI_TABLE("cpl", table)), [["cpl"], [2]]);
});

test("a formula is shown with named cells", () => {
  assert.equal(library().KPI_FORMULA("romi"), "=(revenue-marketing_cost)/marketing_cost");
});

test("the same question is answered from the cache", () => {
  const sheet = library();
  sheet.KPI_FORMULA("romi");
  sheet.KPI_FORMULA("romi");
  assert.equal(sheet.calls.length, 1);
});

test("a busy service is asked again after Retry-After", () => {
  const sheet = library({ answers: [{ status: 429, body: "{}", headers: { "Retry-After": "2" } }] });
  assert.equal(sheet.KPI_FORMULA("romi"), "=(revenue-marketing_cost)/marketing_cost");
  assert.deepEqual(sheet.slept, [2000]);
});

test("a refusal shows the service's message", () => {
  assert.throws(() => library().KPI_FORMULA("no_such_metric"), /there is no metric/);
});
