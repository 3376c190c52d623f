"""From runs to decisions: what differs between scenarios, what moves an answer, what a goal would take."""
