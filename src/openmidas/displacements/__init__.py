"""People who flee and cannot be registered one by one: counted first, registered later, never twice."""
