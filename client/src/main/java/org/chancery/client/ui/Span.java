package org.chancery.client.ui;

/// Letters `from` to, not including, `to` of the message shown on the line with that key.
record Span(String key, int from, int to) {
    /// Between two places in either order.
    static Span between(String key, int one, int other) {
        return new Span(key, Math.min(one, other), Math.max(one, other));
    }

    boolean empty() {
        return from == to;
    }
}
