"""CRM messages in, KPIs out: how a sender's message is read, proved, computed and answered."""
