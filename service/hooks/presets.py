"""Which senders are known? Each declared once, with a message as it writes it."""

from __future__ import annotations

from service.hooks.preset import XML_TYPES, Preset, Sample

_CHOOSE_FIELDS = (
    "Put the metric into the URL, and name the field for each input with map[input]=field; a value"
    " that never changes stands there as input=value."
)

_DECLARED = (
    Preset(
        name="generic",
        title="Zapier, Make, n8n, Node-RED, Power Automate, Salesforce Flow",
        about="One object whose fields are the inputs, or a list of records with the map that says"
        " what to add up and count. The answer is one flat object of stable types.",
        sample=Sample("generic_deal_list.json", ""),
        set_up=(
            "Add an HTTP step that posts JSON to the URL of the sample.",
            "Send the inputs by their names, or records and map as the sample does.",
            (
                "Send an API key in the header X-API-Key, or sign the request as Standard Webhooks"
                " describes."
            ),
            "Use value in the next step where status is ok.",
        ),
        carries_plan=True,
        id="id",
        schemes=("standard-webhooks",),
    ),
    Preset(
        name="hubspot-action",
        title="HubSpot: custom workflow action",
        about="HubSpot posts the input fields of a custom action, and hands the output fields on to"
        " the next steps of the workflow.",
        sample=Sample("hubspot_custom_workflow_action.json", ""),
        set_up=(
            (
                "Put the answer of /v1/hubspot/custom-action.json?metric=… into the"
                " workflow-actions folder of your HubSpot app, under a name that ends in"
                " -hsmeta.json."
            ),
            (
                "Set the client secret of the app as the hook's secret, and the service's public"
                " address: both are part of the signature."
            ),
            (
                "Add the action to a workflow, fill its inputs from properties, and copy kpi_value"
                " into a property in the next step."
            ),
        ),
        fields=("object.properties", "inputFields"),
        metric="inputFields.metric",
        id="callbackId",
        schemes=("hubspot-v3", "hubspot-v2"),
        reply="hubspot",
    ),
    Preset(
        name="hubspot-workflow",
        title="HubSpot: Send a webhook",
        about="The workflow action posts the enrolled object, with its properties flat or nested."
        " HubSpot can copy fields of the answer into properties.",
        sample=Sample(
            "hubspot_workflow_send_webhook_deal.json",
            "marketing_roi",
            "map[revenue]=amount&marketing_cost=500",
        ),
        set_up=(
            "Add the action Send a webhook with the method POST and the URL of the sample.",
            _CHOOSE_FIELDS,
            (
                "Let HubSpot sign the request and set the client secret of the app as the hook's"
                " secret, or send an API key of the service in the header X-API-Key."
            ),
        ),
        fields=("", "properties"),
        id="objectId",
        schemes=("hubspot-v3", "hubspot-v2"),
    ),
    Preset(
        name="hubspot-webhook",
        title="HubSpot: Webhooks API",
        about="HubSpot posts up to 100 changes, each with one property and without the rest of the"
        " object, and ignores the answer. What needs more than one property belongs in a workflow.",
        sample=Sample(
            "hubspot_webhooks_api_batch.json",
            "marketing_roi",
            "map[revenue]=amount&marketing_cost=500",
        ),
        set_up=(
            (
                "Set the URL of the sample as the target of the app's webhooks and subscribe to the"
                " property that you map."
            ),
            (
                "Set the client secret of the app as the hook's secret, and the service's public"
                " address: both are part of the signature."
            ),
        ),
        records="[]",
        needs="propertyName",
        pair=("propertyName", "propertyValue"),
        metric="",
        id="eventId",
        schemes=("hubspot-v3", "hubspot-v1"),
        reply="list",
        reads_answer=False,
    ),
    Preset(
        name="pipedrive",
        title="Pipedrive: webhook v2",
        about="Pipedrive posts the changed deal and ignores the answer; ten failures in a row"
        " silence its hook, so errors are told with status 200. To write a KPI back, let Zapier,"
        " Make or n8n pass the deal to the preset generic.",
        sample=Sample(
            "pipedrive_v2_change_deal.json",
            "average_sales_cycle",
            "map[total_sales_cycle_days]=days(add_time,won_time)&deals_won=1",
        ),
        set_up=(
            "In Tools and apps, create a webhook v2 for deals with the URL of the sample.",
            _CHOOSE_FIELDS,
            (
                "Enter any user name for the HTTP authentication, and the hook's secret or an API"
                " key of the service as the password."
            ),
        ),
        fields=("data",),
        needs="data",
        metric="",
        id="meta.id",
        reads_answer=False,
    ),
    Preset(
        name="salesforce-om",
        title="Salesforce: outbound message",
        about="Salesforce posts up to 100 records as SOAP and reads nothing of the answer but that"
        " it has arrived. To write a KPI back, call the preset generic from a Flow.",
        sample=Sample(
            "salesforce_outbound_message.xml",
            "average_deal_value",
            "sum[won_revenue]=Amount&count[deals_won]&filter[IsWon]=true",
            "text/xml",
        ),
        set_up=(
            (
                "Create an outbound message for Opportunity with the URL of the sample, and choose"
                " the fields that you map."
            ),
            "Put the hook's secret, or an API key of the service, into the URL as key=.",
        ),
        types=XML_TYPES,
        records="Notification[]",
        fields=("sObject",),
        metric="",
        id="Id",
        reply="soap",
        reads_answer=False,
    ),
    Preset(
        name="dataverse",
        title="Dataverse and Dynamics 365: webhook",
        about="Dataverse posts the changed row and looks at nothing but the status of the answer."
        " To write a KPI back, call the preset generic from Power Automate.",
        sample=Sample(
            "dataverse_remote_execution_context.json",
            "marketing_roi",
            "map[revenue]=actualvalue&marketing_cost=500",
        ),
        set_up=(
            (
                "Register a webhook with the URL of the sample in the Plug-in Registration Tool,"
                " with the authentication WebhookKey and the hook's secret or an API key of the"
                " service."
            ),
            (
                "Register an asynchronous step for Update of the table, with the columns that you"
                " map as its filter and as its post image."
            ),
            _CHOOSE_FIELDS,
        ),
        fields=(
            "PostEntityImages[].value.Attributes",
            "InputParameters[?key=='Target'].value.Attributes",
        ),
        metric="",
        id="CorrelationId",
        reads_answer=False,
    ),
    Preset(
        name="zoho",
        title="Zoho CRM: webhook and invokeurl",
        about="Zoho posts the parameters that you name, as a form, as JSON or in the URL. A webhook"
        " ignores the answer; a Deluge function with invokeurl reads it.",
        sample=Sample(
            "zoho_webhook_form.txt",
            "average_deal_value",
            content_type="application/x-www-form-urlencoded",
        ),
        set_up=(
            (
                "Add a webhook with the method POST and the URL of the sample, and name its"
                " parameters as the metric names its inputs."
            ),
            "Add a parameter key with the hook's secret or an API key of the service.",
            (
                "To write the value back, post the same parameters with invokeurl in a Deluge"
                " function, and update the record with value."
            ),
        ),
        query_fields=True,
    ),
)

PRESETS = {one.name: one for one in _DECLARED}
