package org.chancery.client.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Font;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TextBlockTest {
    private static final Font FONT = new Font(Font.DIALOG, Font.PLAIN, 14);
    private static final float WIDTH = 120;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The quick brown fox jumps over the lazy dog, twice.",
                "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen",
                "שלום עולם, זה ארוך מדי לשורה אחת",
                "one\n\n\nfour"
            })
    void neverBecomesWiderThanItMay(String text) {
        TextBlock block = new TextBlock(text, FONT, WIDTH);
        assertThat(block.width()).isLessThanOrEqualTo(WIDTH);
        assertThat(block.height()).isGreaterThanOrEqualTo(2 * TextBlock.ROW_HEIGHT);
    }

    @Test
    void keepsEmptyLines() {
        assertThat(new TextBlock("a\n\nb\n", FONT, WIDTH).height()).isEqualTo(4 * TextBlock.ROW_HEIGHT);
        assertThat(new TextBlock("", FONT, WIDTH).height()).isEqualTo(TextBlock.ROW_HEIGHT);
    }

    @Test
    void findsThePlaceOfAPointAndNeverOneOutsideOfTheText() {
        String text = "first\nsecond";
        TextBlock block = new TextBlock(text, FONT, WIDTH);
        int secondRow = TextBlock.ROW_HEIGHT + 2;
        assertThat(block.at(0, 2)).isZero();
        assertThat(block.at(WIDTH, 2)).isEqualTo("first".length());
        assertThat(block.at(0, secondRow)).isEqualTo(text.indexOf("second"));
        assertThat(block.at(WIDTH, secondRow)).isEqualTo(text.length());
        assertThat(block.at(-5, -5)).isZero();
        assertThat(block.at(1000, 1000)).isEqualTo(text.length());
    }
}
