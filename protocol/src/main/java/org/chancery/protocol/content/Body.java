package org.chancery.protocol.content;

/// What a message says.
public sealed interface Body {

    /// Words.
    ///
    /// @param text at most [#MAX_CHARACTERS] characters, not blank
    record Text(String text) implements Body {

        /// Some ten pages.
        public static final int MAX_CHARACTERS = 65_536;

        /// @throws IllegalArgumentException if the text is blank or too long
        public Text {
            if (text.isBlank()) {
                throw new IllegalArgumentException("blank text");
            }
            if (text.length() > MAX_CHARACTERS) {
                throw new IllegalArgumentException(
                        "text of " + text.length() + " characters, at most " + MAX_CHARACTERS);
            }
        }

        /// Its length only: this is what nobody else may read.
        @Override
        public String toString() {
            return "Text[" + text.length() + " characters]";
        }
    }
}
