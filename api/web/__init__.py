"""What every request and answer goes through, whatever the page: origin, form, language, errors, headers, the server."""
