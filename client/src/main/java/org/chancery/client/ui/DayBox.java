package org.chancery.client.ui;

import java.awt.FontMetrics;
import java.awt.Graphics2D;

/// The day between two days, small and centred.
record DayBox(Line.Day line, int width) implements LineBox {
    @Override
    public int height() {
        return 40;
    }

    @Override
    public void paint(Graphics2D canvas) {
        canvas.setFont(Type.SMALL.font());
        canvas.setColor(Tone.FAINT.color());
        FontMetrics metrics = canvas.getFontMetrics();
        canvas.drawString(line.words(), (width - metrics.stringWidth(line.words())) / 2, 26);
    }
}
