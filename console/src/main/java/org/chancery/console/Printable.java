package org.chancery.console;

/// Makes text from outside safe to show on a terminal or in a log line.
public final class Printable {
    private Printable() {}

    /// The text with every character shown as `<U+202E>` that could move the cursor, end the line, turn the
    /// direction of reading or be invisible: a display name must not be able to write somebody else's line.
    public static String of(String text) {
        if (text.codePoints().allMatch(Printable::isPlain)) {
            return text;
        }
        StringBuilder safe = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            if (isPlain(c)) {
                safe.appendCodePoint(c);
            } else {
                safe.append("<U+%04X>".formatted(c));
            }
        });
        return safe.toString();
    }

    /// Everything but controls, format characters (which the bidirectional controls are), separators other than the
    /// blank, lone surrogates and what has no meaning.
    static boolean isPlain(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> codePoint == ' ';
            default -> true;
        };
    }
}
