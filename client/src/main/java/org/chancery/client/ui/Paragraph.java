package org.chancery.client.ui;

import java.awt.Color;
import javax.swing.BorderFactory;
import javax.swing.JTextArea;
import org.jspecify.annotations.Nullable;

/// Text that wraps, to be read and not edited.
final class Paragraph extends JTextArea {
    private @Nullable Tone tone;

    Paragraph(Type type, Tone tone, String text) {
        super(text);
        this.tone = tone;
        setFont(type.font());
        setEditable(false);
        setFocusable(false);
        setOpaque(false);
        setLineWrap(true);
        setWrapStyleWord(true);
        setBorder(BorderFactory.createEmptyBorder());
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
