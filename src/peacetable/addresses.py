"""Web addresses: which of them lead to one page."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import parse_qsl, urlencode, urlsplit

_TRACKING: Final = re.compile(r"utm_\w+|fbclid|gclid|mc_cid|mc_eid|igshid", re.I)


def canonical_address(url: str) -> str:
    """An address without what does not change the page: scheme, "www.", fragment, tracking marks, trailing slash."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.") + (
            f":{parts.port}" if parts.port not in (None, 80, 443) else ""
        )
    except ValueError:  # no address that anybody can split
        return url.strip()
    query = urlencode(
        [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.fullmatch(pair[0])]
    )
    return host + parts.path.rstrip("/") + (f"?{query}" if query else "")
