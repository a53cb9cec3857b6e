package org.chancery.server.metrics;

import java.math.BigDecimal;
import java.util.regex.Pattern;
import org.chancery.console.Printable;

/// Metrics as Prometheus reads them, text format 0.0.4: UTF-8, one sample a line. The one place that escapes what
/// comes from outside, names in certificates above all. Not thread safe.
final class Exposition {

    /// What the answer is, for HTTP.
    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

    private final StringBuilder out = new StringBuilder();
    private String family = "";

    /// Begins a family; its samples follow.
    void family(String name, String help, MetricType type) {
        requireName(name);
        family = name;
        out.append("# HELP ").append(name).append(' ').append(help.replace("\\", "\\\\"));
        out.append("\n# TYPE ").append(name).append(' ').append(type.word()).append('\n');
    }

    /// A sample without a label.
    void sample(String suffix, double value) {
        out.append(family).append(suffix).append(' ').append(number(value)).append('\n');
    }

    /// A sample with one label.
    void sample(String suffix, String label, String labelValue, double value) {
        out.append(family)
                .append(suffix)
                .append('{')
                .append(label)
                .append("=\"")
                .append(escaped(labelValue))
                .append("\"} ")
                .append(number(value))
                .append('\n');
    }

    /// A name that needs no escape anywhere.
    ///
    /// @throws IllegalArgumentException if it would
    static void requireName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("no name of a metric: " + name);
        }
    }

    /// Line ends and everything else that is not plain are gone before the format's own escapes.
    private static String escaped(String value) {
        return Printable.of(value).replace("\\", "\\\\").replace("\"", "\\\"");
    }

    /// Whole numbers without a fraction, small ones without an exponent.
    static String number(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        return value == 0 ? "0" : BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    String text() {
        return out.toString();
    }
}
