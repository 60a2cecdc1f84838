"""The second line: what comes of hits, now; interviews, referrals and queues belong here, too."""
