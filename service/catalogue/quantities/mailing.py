"""Counts of e-mail: what was sent, what arrived, what was read, and who is on the list."""

from service.quantity import quantity

quantity("emails_sent", "e-mail", "e-mails sent", minimum=0, aliases=["e-mail sends"])
quantity(
    "emails_delivered",
    "e-mail",
    "e-mails delivered",
    minimum=0,
    aliases=["delivered e-mails", "deliveries"],
)
quantity(
    "emails_bounced",
    "e-mail",
    "e-mails bounced",
    minimum=0,
    aliases=["bounced e-mails", "e-mail bounces"],
    serves=["leads", "retention"],
)
quantity(
    "unique_opens",
    "e-mail",
    minimum=0,
    aliases=["opens", "e-mail opens"],
    vanity=True,
)
quantity(
    "unique_clicks",
    "e-mail",
    "unique e-mail clicks",
    minimum=0,
    aliases=["clicks", "e-mail clicks"],
    serves=["leads", "retention"],
)
quantity(
    "unsubscribes",
    "e-mail",
    minimum=0,
    aliases=["unsubscriptions", "opt-outs"],
    serves=["retention"],
)
quantity(
    "new_subscribers", "subscriber", minimum=0, aliases=["subscribers gained"], serves=["leads"]
)
quantity(
    "subscribers_lost",
    "subscriber",
    minimum=0,
    aliases=["lost subscribers"],
    serves=["retention"],
)
quantity(
    "subscribers_at_start",
    "subscriber",
    "subscribers at the start",
    minimum=0,
    aliases=["subscribers", "list size"],
)
