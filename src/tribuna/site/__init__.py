"""The site: settings, addresses, server and command line. It assembles the rooms; nobody imports it."""
