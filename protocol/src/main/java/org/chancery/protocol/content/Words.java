package org.chancery.protocol.content;

import java.util.List;

/// What holds of everything that people write.
final class Words {

    private Words() {}

    /// @throws IllegalArgumentException for text that is too long, or has half a surrogate pair: that has no UTF-8
    static String bounded(String what, String text, int maxCharacters) {
        if (text.length() > maxCharacters) {
            throw new IllegalArgumentException(what + " of " + text.length() + " characters, at most " + maxCharacters);
        }
        if (!isWellFormed(text)) {
            throw new IllegalArgumentException(what + " with half a surrogate pair");
        }
        return text;
    }

    /// @throws IllegalArgumentException besides for control characters, as line ends are
    static String line(String what, String text, int maxCharacters) {
        if (text.codePoints().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(what + " with control characters");
        }
        return bounded(what, text, maxCharacters);
    }

    /// @throws IllegalArgumentException for text that says nothing, besides
    static String said(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("blank text");
        }
        return bounded("text", text, Body.Text.MAX_CHARACTERS);
    }

    /// @throws IllegalArgumentException for mentions that are too many, out of order, or not of whole characters of
    ///     the text
    static List<Mention> mentions(String text, List<Mention> mentions) {
        if (mentions.size() > Body.Text.MAX_MENTIONS) {
            throw new IllegalArgumentException(mentions.size() + " mentions, at most " + Body.Text.MAX_MENTIONS);
        }
        int end = 0;
        for (Mention mention : mentions) {
            if (mention.start() < end || mention.end() > text.length()) {
                throw new IllegalArgumentException("a mention out of order or outside its text");
            }
            if (cutsPair(text, mention.start()) || cutsPair(text, mention.end())) {
                throw new IllegalArgumentException("a mention of half a character");
            }
            end = mention.end();
        }
        return List.copyOf(mentions);
    }

    private static boolean cutsPair(String text, int place) {
        return place > 0
                && place < text.length()
                && Character.isSurrogatePair(text.charAt(place - 1), text.charAt(place));
    }

    /// Whether every surrogate is half of a pair.
    static boolean isWellFormed(String text) {
        return text.codePoints()
                .noneMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
    }
}
