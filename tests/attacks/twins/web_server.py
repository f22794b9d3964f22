"""Web server configurations that are wrong in one way each; the checks must go red on them."""


def believes_the_client(template: str) -> str:
    """Appends to what the client claimed, as the usual snippets do (A39)."""
    return (
        template.replace("X-Forwarded-For $remote_addr", "X-Forwarded-For $proxy_add_x_forwarded_for")
        .replace("X-Real-IP $remote_addr", "X-Real-IP $http_x_real_ip")
        .replace('proxy_set_header Forwarded "";', "")
    )


def passes_every_spelling(template: str) -> str:
    """Hands odd spellings of a path on as they are (A40)."""
    return template.replace("if ($odd_path)", 'if ($odd_path = "never")')


def headers_only_on_success(template: str) -> str:
    """Forgets `always`, so that errors go out bare (A42)."""
    return template.replace(" always;", ";")


def a_location_with_its_own_header(template: str) -> str:
    """One `add_header` inside a location silently drops all of the server's (A42)."""
    return template.replace("location /assets/ {", "location /assets/ {\n            add_header X-Assets yes;")
