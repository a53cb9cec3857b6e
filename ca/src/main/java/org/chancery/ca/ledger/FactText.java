package org.chancery.ca.ledger;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/// The facts of an act as one text, `name=value` a line, so that `sqlite3 ledger.db` shows them and different
/// facts never have the same text: a line end in a value is written `\n`, a backslash `\\`.
final class FactText {
    private FactText() {}

    static String of(Map<String, String> facts) {
        return facts.entrySet().stream()
                .map(fact -> fact.getKey() + "=" + escaped(fact.getValue()))
                .collect(Collectors.joining("\n"));
    }

    /// Reads back what [#of] wrote; what somebody else wrote gives some facts too, and a broken chain.
    static Map<String, String> parse(String text) {
        Map<String, String> facts = new LinkedHashMap<>();
        text.lines().forEach(line -> {
            int end = line.indexOf('=');
            if (end > 0) {
                facts.put(line.substring(0, end), unescaped(line.substring(end + 1)));
            }
        });
        return facts;
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    }

    private static String unescaped(String text) {
        StringBuilder value = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                i++;
                c = switch (text.charAt(i)) {
                    case 'n' -> '\n';
                    case 'r' -> '\r';
                    default -> text.charAt(i);
                };
            }
            value.append(c);
        }
        return value.toString();
    }
}
