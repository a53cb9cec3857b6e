package org.chancery.console;

/// How a string stands in JSON.
final class JsonText {
    private JsonText() {}

    /// The string in quotes. Beyond what RFC 8259 section 7 requires, everything that is not plain on a terminal is
    /// escaped too, lone surrogates among it, so that the output is valid UTF-8 and safe to look at.
    static String quote(String value) {
        StringBuilder out = new StringBuilder(value.length() + 2).append('"');
        value.codePoints().forEach(c -> append(out, c));
        return out.append('"').toString();
    }

    private static void append(StringBuilder out, int codePoint) {
        switch (codePoint) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (Printable.isPlain(codePoint)) {
                    out.appendCodePoint(codePoint);
                } else {
                    for (char unit : Character.toChars(codePoint)) {
                        out.append("\\u%04x".formatted((int) unit));
                    }
                }
            }
        }
    }
}
