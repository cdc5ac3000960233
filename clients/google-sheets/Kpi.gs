/**
 * KPIs in Google Sheets: a whole range in one call, cached, with the service's own words for
 * what is wrong. Set the address once: Extensions > Apps Script > Project Settings > Script
 * Properties, KPI_URL (and KPI_KEY where the service asks for one).
 */

var ITEMS_AT_ONCE = 1000;
var SECONDS_CACHED = 21600;
var TRIES = 4;

/**
 * Computes a metric for each row of values.
 *
 * @param {string} metric The metric's id or alias, such as "marketing_roi".
 * @param {string[][]} names The inputs that the columns hold, such as {"revenue","marketing_cost"}.
 * @param {number[][]} values The cells, a row for each computation.
 * @return {number[][]} A column of values; a text says what is wrong with a row.
 * @customfunction
 */
function KPI(metric, names, values) {
  return column_(computed_(metric, flat_(names), rows_(values)));
}

/**
 * Returns the formula of a metric, with its inputs' names as cells.
 *
 * @param {string} metric The metric's id or alias.
 * @return {string} The formula.
 * @customfunction
 */
function KPI_FORMULA(metric) {
  var card = JSON.parse(fetched_('/v1/metrics/' + encodeURIComponent(metric), null));
  return card.formula.spreadsheet || card.formula.statement;
}

/**
 * Computes a metric for each row of a table whose first row names the inputs.
 *
 * @param {string} metric The metric's id or alias.
 * @param {any[][]} table A heading of input names and the rows below it.
 * @return {any[][]} The metric's name and a value below for each row.
 * @customfunction
 */
function KPI_TABLE(metric, table) {
  var rows = rows_(table);
  return [[metric]].concat(column_(computed_(metric, flat_([rows[0]]), rows.slice(1))));
}

function computed_(metric, names, rows) {
  var results = [];
  for (var start = 0; start < rows.length; start += ITEMS_AT_ONCE) {
    var items = rows.slice(start, start + ITEMS_AT_ONCE).map(function (row) {
      return { metric: metric, inputs: inputs_(names, row) };
    });
    var body = JSON.stringify({ items: items, detail: 'value' });
    results = results.concat(JSON.parse(fetched_('/v1/batch', body)).results);
  }
  return results.map(function (result, index) {
    return isBlank_(rows[index]) ? '' : cell_(result);
  });
}

function inputs_(names, row) {
  var inputs = {};
  names.forEach(function (name, index) {
    var cell = row[index];
    if (cell !== '' && cell !== null && cell !== undefined) {
      inputs[name] = cell instanceof Date ? cell.toISOString().slice(0, 10) : cell;
    }
  });
  return inputs;
}

function cell_(result) {
  if (result.status === 'ok') {
    return result.value;
  }
  return result.status === 'undefined' ? '#N/A ' + result.reason.message : '#VALUE! ' + result.error.detail;
}

/** Returns the body of an answer: from the cache, or after as many tries as it takes. */
function fetched_(path, body) {
  var settings = PropertiesService.getScriptProperties();
  var url = settings.getProperty('KPI_URL');
  if (!url) {
    throw new Error('Set the script property KPI_URL to the address of the KPI service.');
  }
  var name = digest_(url + path + '\n' + (body || ''));
  var cache = CacheService.getScriptCache();
  var known = cache.get(name);
  if (known) {
    return known;
  }
  var text = answered_(url + path, body, settings.getProperty('KPI_KEY'));
  if (text.length < 100000) {
    cache.put(name, text, SECONDS_CACHED);
  }
  return text;
}

function answered_(url, body, key) {
  var options = { muteHttpExceptions: true, headers: key ? { 'X-API-Key': key } : {} };
  if (body) {
    options.method = 'post';
    options.contentType = 'application/json';
    options.payload = body;
  }
  for (var tried = 1; ; tried++) {
    var reply = UrlFetchApp.fetch(url, options);
    var status = reply.getResponseCode();
    if (status < 300) {
      return reply.getContentText();
    }
    if (tried === TRIES || [429, 502, 503, 504].indexOf(status) < 0) {
      throw new Error(detail_(reply, status));
    }
    var wait = Number(reply.getHeaders()['Retry-After']) || Math.pow(2, tried - 1) / 2;
    Utilities.sleep(1000 * Math.min(wait, 5));
  }
}

function detail_(reply, status) {
  try {
    return JSON.parse(reply.getContentText()).detail;
  } catch (error) {
    return 'The KPI service answered ' + status + '.';
  }
}

function digest_(text) {
  var bytes = Utilities.computeDigest(Utilities.DigestAlgorithm.SHA_256, text);
  return Utilities.base64Encode(bytes);
}

function rows_(values) {
  return Array.isArray(values) ? values : [[values]];
}

function flat_(names) {
  return [].concat.apply([], rows_(names));
}

function column_(cells) {
  return cells.map(function (cell) {
    return [cell];
  });
}

function isBlank_(row) {
  return row.every(function (cell) {
    return cell === '' || cell === null;
  });
}
