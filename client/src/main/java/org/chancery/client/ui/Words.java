package org.chancery.client.ui;

import java.awt.Color;
import javax.swing.JLabel;
import org.jspecify.annotations.Nullable;

/// One line of text in a tone and a type of the window's own.
///
/// Never HTML: names come from certificates and contacts, and Swing would otherwise render markup in them and fetch its
/// pictures.
final class Words extends JLabel {
    private @Nullable Tone tone;

    Words(Type type, Tone tone, String text) {
        putClientProperty("html.disable", true);
        this.tone = tone;
        setFont(type.font());
        setText(text);
    }

    void tone(Tone changed) {
        tone = changed;
        repaint();
    }

    @Override
    public Color getForeground() {
        return tone == null ? super.getForeground() : tone.color(); // null while the superclass constructs
    }
}
