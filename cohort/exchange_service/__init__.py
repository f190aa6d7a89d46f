"""An exchange across machines: nbgrader's classes on one side, a service of the hub on the other.

`exchange` has the classes for ``c.ExchangeFactory``, `app` is the service. Both read and write a `package`.
"""
