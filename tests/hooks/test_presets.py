"""Each sender's message, as it writes it, gives the expected number in the expected shape."""

from __future__ import annotations

import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from service.hooks.described import sample_url
from service.hooks.preset import Preset
from service.hooks.presets import PRESETS
from service.hooks.reply import FLAT, HUBSPOT
from service.metric import Metric

each_preset = pytest.mark.parametrize("preset", PRESETS.values(), ids=list(PRESETS))

NAMES = [
    "generic",
    "hubspot-action",
    "hubspot-webhook",
    "hubspot-workflow",
    "pipedrive",
    "salesforce-om",
    "dataverse",
    "zoho",
]


def test_the_presets() -> None:
    """The names that callers put into URLs stay."""
    assert set(NAMES) == PRESETS.keys()


@pytest.mark.parametrize(
    ("name", "metric_id", "value"),
    [
        ("generic", "average_deal_value", "10000.25"),
        ("hubspot-workflow", "marketing_roi", "3"),
        ("pipedrive", "average_sales_cycle", "9.473784722222222222222222222"),
        ("dataverse", "marketing_roi", "2.001"),
        ("zoho", "average_deal_value", "12500.05"),
    ],
)
def test_a_flat_answer(send: Any, name: str, metric_id: str, value: str) -> None:
    """One object whose members are always there and keep their types."""
    reply = send(name)

    assert 200 == reply.status_code
    assert "application/json" == reply.mimetype
    assert list(FLAT) == list(reply.json)
    assert value == reply.json["value_text"]
    assert {"metric": metric_id, "status": "ok", "error": "", "error_code": ""}.items() <= (
        reply.json.items()
    )
    assert f'"value": {value},' in reply.text


def test_a_hubspot_action(send: Any, payload: Any) -> None:
    """Output fields are texts, with the state of the execution."""
    expected = json.loads(payload("hubspot_custom_workflow_action.response.json"))
    expected["outputFields"]["kpi_unit"] = "money/deal"

    assert expected == send("hubspot-action").json
    assert list(HUBSPOT) == list(send("hubspot-action").json["outputFields"])


def test_a_hubspot_action_that_fails(send: Any) -> None:
    """Without a value the workflow goes on and knows why."""
    body = json.dumps({"callbackId": "a", "inputFields": {"metric": "cpl", "leads": "x"}})
    outputs = send("hubspot-action", body).json["outputFields"]

    assert "FAIL_CONTINUE" == outputs["hs_execution_state"]
    assert "" == outputs["kpi_value"]
    assert "error" == outputs["kpi_status"]
    assert all(isinstance(one, str) for one in outputs.values())


def test_hubspot_events(send: Any) -> None:
    """Each change has its own answer; what is no change of a property is skipped."""
    reply = send("hubspot-webhook").json
    first, second = reply["results"]

    assert "ok" == reply["status"]
    assert (3, "ok", "2995724042") == (first["value"], first["status"], first["id"])
    assert (None, "skipped", "2995724043") == (second["value"], second["status"], second["id"])


def test_one_event_never_spoils_another(send: Any) -> None:
    """An event that cannot be computed is that event's error."""
    events = [
        {"eventId": n, "propertyName": "amount", "propertyValue": value}
        for n, value in enumerate(["x", "2000"])
    ]
    reply = send("hubspot-webhook", json.dumps(events)).json

    assert ["error", "ok"] == [one["status"] for one in reply["results"]]
    assert "error" == reply["status"]


def test_events_that_belong_together(send: Any) -> None:
    """Added up, an event without a property does not count."""
    url = "/v1/hooks/hubspot-webhook/average_deal_value?sum[won_revenue]=amount&count[deals_won]"
    (answer,) = send("hubspot-webhook", url=url).json["results"]

    assert 2000 == answer["value"]


def test_a_salesforce_message(send: Any, payload: Any) -> None:
    """The answer is the acknowledgement, letter by letter but for blanks."""
    reply = send("salesforce-om")

    assert 200 == reply.status_code
    assert "text/xml" == reply.mimetype
    assert payload("salesforce_outbound_message.ack.xml").decode().split() == reply.text.split()
    assert "ok" == reply.headers["X-KPI-Status"]


def test_what_a_salesforce_message_gives() -> None:
    """The records that count are added up: the one that was won."""
    from service.hooks.computed import answered
    from service.hooks.described import sample_message
    from service.hooks.mapping import plan_of_query

    preset = PRESETS["salesforce-om"]
    plan = plan_of_query(
        [("sum[won_revenue]", "Amount"), ("count[deals_won]", ""), ("filter[IsWon]", "true")]
    )
    answer = answered(preset, sample_message(preset), "average_deal_value", plan, "en")

    assert ["45000"] == [one["value_text"] for one in answer]


def test_a_flow(send: Any, payload: Any) -> None:
    """Salesforce Flow posts the inputs by their names, or the vocabulary's other names."""
    body = payload("salesforce_flow_external_service_request.json")
    reply = send("generic", body, "/v1/hooks/generic/average_deal_size")

    assert 12500.05 == reply.json["value"]


def test_a_deleted_deal(send: Any, payload: Any) -> None:
    """Pipedrive's delete has no data: nothing is computed and nothing is wrong."""
    reply = send("pipedrive", payload("pipedrive_v2_delete_deal.json"))

    assert 200 == reply.status_code
    assert "skipped" == reply.json["status"]
    assert "8818e477-0000-4000-8000-000000000004" == reply.json["id"]


def test_a_deal_with_flat_properties(send: Any) -> None:
    """HubSpot's workflow may send the chosen properties flat."""
    assert 3 == send("hubspot-workflow", '{"objectId": 1, "amount": "2000"}').json["value"]


def test_dataverse_images(send: Any) -> None:
    """A changed column stands over its image; what did not change comes from the image."""
    target = {"Attributes": [{"key": "actualvalue", "value": {"Value": 1000}}]}
    image = {
        "Attributes": [{"key": "actualvalue", "value": {"Value": 1}}, {"key": "spend", "value": 5}]
    }
    body = {
        "InputParameters": [{"key": "Target", "value": target}],
        "PostEntityImages": [{"key": "PostImage", "value": image}],
    }
    url = "/v1/hooks/dataverse/marketing_roi?map[revenue]=actualvalue&map[marketing_cost]=spend"

    assert 199 == send("dataverse", json.dumps(body), url).json["value"]


def test_a_message_cut_short(send: Any) -> None:
    """Dataverse leaves out what is too large and says so; no number is made of the rest."""
    reply = send("dataverse", headers={"x-ms-dynamics-msg-size-exceeded": "true"})

    assert 200 == reply.status_code
    assert ("error", "payload_truncated") == (reply.json["status"], reply.json["error_code"])


def test_zoho_in_the_url(client: FlaskClient) -> None:
    """Zoho's parameters may stand in the URL, and those that are no inputs are left aside."""
    reply = client.post(
        "/v1/hooks/zoho/average_deal_value?won_revenue=10&deals_won=4&deal_id=9",
        data=b"",
        content_type="application/x-www-form-urlencoded",
    )

    assert 2.5 == reply.json["value"]


def test_the_own_name_of_an_input_comes_first(send: Any) -> None:
    """A field with the input's name counts before one with another name for it."""
    body = json.dumps({"revenue": 5, "won_revenue": 8, "closed-won revenue": 9, "deals_won": 2})

    assert 4 == send("generic", body, "/v1/hooks/generic/average_deal_value").json["value"]


def test_what_is_mapped_is_taken_from_there_alone(send: Any) -> None:
    """Where the mapped field is empty, no other field steps in."""
    body = json.dumps({"amount": None, "revenue": 7, "marketing_cost": 1})
    reply = send("generic", body, "/v1/hooks/generic/marketing_roi?map[revenue]=amount").json

    assert ("error", "missing") == (reply["status"], reply["error_code"])


def test_the_currency_comes_along(send: Any) -> None:
    """A currency that the message names and that is none does not stop the computation."""
    for currency in ("EUR", "Bitcoin", {"a": 1}):
        body = json.dumps({"revenue": 5, "deals": 2, "currency": currency})

        assert 2.5 == send("generic", body, "/v1/hooks/generic/average_deal_size").json["value"]


@each_preset
def test_the_same_message_gives_the_same_answer(send: Any, preset: Preset) -> None:
    """A message that comes twice can be told by its id, and is answered with the same bytes."""
    assert send(preset.name).data == send(preset.name).data


def test_ids_are_echoed(send: Any) -> None:
    """The receiver finds the sender's own ids again."""
    headers = {"webhook-id": "msg_1", "X-Request-Id": "r-1"}
    action = send("hubspot-action", headers=headers).headers
    deal = send("pipedrive").headers

    assert "msg_1" == action["webhook-id"]
    assert "r-1" == action["X-Request-Id"]
    assert "ap-102670506-56776413549-7-0" == action["X-KPI-Id"]
    assert "8818e477-0000-4000-8000-000000000002" == deal["X-KPI-Id"]


def test_an_id_cannot_write_headers(send: Any) -> None:
    """An id with a line break in it is not echoed as a header."""
    body = json.dumps({"callbackId": "a\r\nSet-Cookie: b", "inputFields": {"metric": "cpl"}})

    reply = send("hubspot-action", body)

    assert 200 == reply.status_code
    assert "X-KPI-Id" not in reply.headers


@each_preset
def test_what_is_told_of_a_preset(client: FlaskClient, send: Any, preset: Preset) -> None:
    """The description's sample, posted, gives the description's answer."""
    told = client.get(f"/v1/presets/{preset.name}").json
    sample = told["sample"]

    assert sample_url(preset) == sample["url"]
    assert sample["answer"] == send(preset.name, sample["body"], sample["url"]).text
    assert preset.title == told["title"]
    assert len(preset.set_up) == len(told["set_up"])


def test_the_list_of_presets(client: FlaskClient) -> None:
    """Every preset is listed."""
    told = client.get("/v1/presets").json

    assert list(PRESETS) == [one["name"] for one in told["presets"]]
    assert len(PRESETS) == told["count"]


def test_a_preset_in_vietnamese(client: FlaskClient) -> None:
    """The set-up is told in the language asked for."""
    told = client.get("/v1/presets/zoho", query_string={"lang": "vi"}).json

    assert told["about"].startswith("Zoho gửi các tham số")


def test_an_unknown_preset(client: FlaskClient) -> None:
    """A preset that is not known is told with those that are."""
    for reply in (client.get("/v1/presets/sap"), client.post("/v1/hooks/sap/cpl", json={})):
        assert 404 == reply.status_code
        assert "zoho" in reply.json["detail"]


def test_the_hubspot_definition(client: FlaskClient) -> None:
    """The definition asks for the metric's inputs and leads to its hook."""
    told = client.get("/v1/hubspot/custom-action.json?metric=marketing_roi").json["config"]

    assert told["actionUrl"].endswith("/v1/hooks/hubspot-action/marketing_roi")
    assert ["revenue", "marketing_cost"] == [
        one["typeDefinition"]["name"] for one in told["inputFields"]
    ]
    assert ["kpi_value", "kpi_unit", "kpi_status", "kpi_error"] == [
        one["typeDefinition"]["name"] for one in told["outputFields"]
    ]
    assert {"revenue", "marketing_cost"} == told["labels"]["en"]["inputFieldLabels"].keys()


def test_the_hubspot_definition_without_a_metric(client: FlaskClient) -> None:
    """A definition is that of one metric."""
    assert 422 == client.get("/v1/hubspot/custom-action.json").status_code
    assert 404 == client.get("/v1/hubspot/custom-action.json?metric=nothing").status_code
    assert 422 == client.get("/v1/hubspot/custom-action.json?metric=deal_summary").status_code


def test_the_definition_of_every_formula(client: FlaskClient, formula: Metric) -> None:
    """Every formula has a definition that asks for each of its inputs."""
    told = client.get(f"/v1/hubspot/custom-action.json?metric={formula.id}").json["config"]

    assert [one.name for one in formula.inputs] == [
        one["typeDefinition"]["name"] for one in told["inputFields"]
    ]


def test_what_the_definition_sends_is_answered(client: FlaskClient) -> None:
    """The inputs of a definition, filled in, are what the hook computes with."""
    told = client.get("/v1/hubspot/custom-action.json?metric=cpl").json["config"]
    fields = [one["typeDefinition"]["name"] for one in told["inputFields"]]
    path = told["actionUrl"].partition("localhost")[2]
    message = {"callbackId": "a", "inputFields": dict(zip(fields, ["100;20", "4"], strict=True))}

    assert "30" == client.post(path, json=message).json["outputFields"]["kpi_value"]
