package org.chancery.dist;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A message as `client listen --json` prints it.
record Heard(String from, String conversation, long sequence, String text) {
    private static final String STRING = "\"((?:[^\"\\\\]|\\\\.)*)\"";
    private static final Pattern FROM = Pattern.compile("\"from\":" + STRING);
    private static final Pattern CONVERSATION = Pattern.compile("\"conversation\":" + STRING);
    private static final Pattern SEQUENCE = Pattern.compile("\"sequence\":(\\d+)");
    private static final Pattern TEXT = Pattern.compile("\"text\":" + STRING);

    /// All messages that a listener has printed so far, in its order.
    static List<Heard> by(Program listener) {
        return listener.outputLines().stream()
                .map(Heard::parse)
                .flatMap(Optional::stream)
                .toList();
    }

    static List<String> textsBy(Program listener) {
        return by(listener).stream().map(Heard::text).toList();
    }

    private static Optional<Heard> parse(String line) {
        Optional<String> text = first(TEXT, line);
        return text.map(said -> new Heard(
                first(FROM, line).orElseThrow(),
                first(CONVERSATION, line).orElseThrow(),
                Long.parseLong(first(SEQUENCE, line).orElseThrow()),
                said));
    }

    private static Optional<String> first(Pattern pattern, String line) {
        Matcher matcher = pattern.matcher(line);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
