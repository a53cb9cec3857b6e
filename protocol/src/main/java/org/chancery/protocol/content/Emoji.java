package org.chancery.protocol.content;

import java.util.regex.Pattern;

/// One character as people count them: a grapheme cluster (UAX 29), which may be many code points.
final class Emoji {

    private static final Pattern ONE = Pattern.compile("\\X");

    private Emoji() {}

    /// Whether this is one such character, and one that can be seen.
    static boolean isOneCharacter(String text) {
        return !text.isEmpty()
                && isVisible(text.codePointAt(0))
                && ONE.matcher(text).matches();
    }

    private static boolean isVisible(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SPACE_SEPARATOR,
                    Character.NON_SPACING_MARK,
                    Character.COMBINING_SPACING_MARK,
                    Character.ENCLOSING_MARK -> false;
            default -> true; // unassigned ones too: next year's emoji
        };
    }
}
