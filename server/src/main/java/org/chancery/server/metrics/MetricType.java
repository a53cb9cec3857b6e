package org.chancery.server.metrics;

/// How a series may move.
enum MetricType {
    /// Only up, until the process ends.
    COUNTER("counter"),
    /// Up and down.
    GAUGE("gauge"),
    /// How many were up to which size.
    HISTOGRAM("histogram");

    private final String word;

    MetricType(String word) {
        this.word = word;
    }

    /// As the exposition format has it.
    String word() {
        return word;
    }
}
