package org.chancery.client.ui;

import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.geom.RoundRectangle2D;
import javax.swing.JButton;

/// A square button that shows a sign; its words are for the tooltip and for screen readers.
final class MarkButton extends JButton {
    private static final int SIZE = 32;
    private static final int SIGN = 16;

    private final Mark mark;

    MarkButton(Mark mark, String words) {
        this.mark = mark;
        setToolTipText(words);
        getAccessibleContext().setAccessibleName(words);
        setContentAreaFilled(false);
        setBorderPainted(false);
        setRolloverEnabled(true);
    }

    @Override
    public Dimension getPreferredSize() {
        return new Dimension(SIZE, SIZE);
    }

    @Override
    public Dimension getMinimumSize() {
        return getPreferredSize();
    }

    @Override
    protected void paintComponent(Graphics graphics) {
        Graphics2D canvas = Canvas.of(graphics);
        try {
            if (getModel().isRollover() || getModel().isPressed() || isFocusOwner()) {
                canvas.setColor(Tone.LINE.color());
                canvas.fill(new RoundRectangle2D.Double(0, 0, getWidth(), getHeight(), 16, 16));
            }
        } finally {
            canvas.dispose();
        }
        mark.paint(graphics, (getWidth() - SIGN) / 2.0, (getHeight() - SIGN) / 2.0, SIGN, Tone.DIM.color());
    }
}
