"""Salesforce's outbound messages: SOAP 1.1 in, an acknowledgement out."""

from __future__ import annotations

from typing import Any
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

MOST_NOTIFICATIONS = 100

_BODY = "{http://schemas.xmlsoap.org/soap/envelope/}Body"
_NAMESPACE = "{http://soap.sforce.com/2005/09/outbound}"
_NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"

_ACKNOWLEDGEMENT = """\
<?xml version="1.0" encoding="UTF-8"?>
<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/">
 <soapenv:Body>
  <notificationsResponse xmlns="http://soap.sforce.com/2005/09/outbound">
   <Ack>{received}</Ack>
  </notificationsResponse>
 </soapenv:Body>
</soapenv:Envelope>
"""


def message(body: bytes) -> dict[str, Any]:
    """Return an outbound message as JSON would hold it, without namespaces and as texts.

    No document type, entity or external reference is read.

    Raises:
        ValueError: It is not XML, not an outbound message, or has more than 100 notifications.
    """
    try:
        envelope = fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise ValueError(f"not XML that is read here: {type(error).__name__}") from None
    sent = envelope.find(f"{_BODY}/{_NAMESPACE}notifications")
    if sent is None:
        raise ValueError("no Body with notifications")
    notifications = sent.findall(f"{_NAMESPACE}Notification")
    if len(notifications) > MOST_NOTIFICATIONS:
        raise ValueError(f"more than {MOST_NOTIFICATIONS} notifications")
    told = {_name(one): _text(one) for one in sent if len(one) == 0}
    return told | {"Notification": [_notification(one) for one in notifications]}


def acknowledgement(*, received: bool) -> str:
    """Return the answer that ends the retries, or with False asks for another."""
    return _ACKNOWLEDGEMENT.format(received="true" if received else "false")


def _notification(element: Element) -> dict[str, Any]:
    record = element.find(f"{_NAMESPACE}sObject")
    fields = {} if record is None else {_name(one): _text(one) for one in record}
    return {"Id": _text(element.find(f"{_NAMESPACE}Id")), "sObject": fields}


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _text(element: Element | None) -> str | None:
    if element is None or element.get(_NIL) in {"true", "1"}:
        return None
    return element.text
