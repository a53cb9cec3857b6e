package org.chancery.client.ui;

import java.awt.Color;
import java.awt.Dimension;
import java.awt.FontMetrics;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.geom.RoundRectangle2D;
import javax.swing.JButton;

/// The one button of a pane that does what the pane is for.
final class AccentButton extends JButton {
    private static final int HEIGHT = 32;
    private static final int PADDING = 14;

    AccentButton(String words) {
        super(words);
        setFont(Type.STRONG.font());
        setContentAreaFilled(false);
        setBorderPainted(false);
        setRolloverEnabled(true);
    }

    @Override
    public Dimension getPreferredSize() {
        return new Dimension(getFontMetrics(getFont()).stringWidth(getText()) + 2 * PADDING, HEIGHT);
    }

    @Override
    public Dimension getMinimumSize() {
        return getPreferredSize();
    }

    @Override
    protected void paintComponent(Graphics graphics) {
        Graphics2D canvas = Canvas.of(graphics);
        try {
            canvas.setColor(ground());
            canvas.fill(new RoundRectangle2D.Double(0, 0, getWidth(), getHeight(), 16, 16));
            if (isFocusOwner()) {
                canvas.setColor(Tone.ON_ACCENT.color());
                canvas.draw(new RoundRectangle2D.Double(2.5, 2.5, getWidth() - 5.0, getHeight() - 5.0, 12, 12));
            }
            canvas.setColor(isEnabled() ? Tone.ON_ACCENT.color() : Tone.FAINT.color());
            canvas.setFont(getFont());
            FontMetrics metrics = canvas.getFontMetrics();
            int x = (getWidth() - metrics.stringWidth(getText())) / 2;
            canvas.drawString(getText(), x, (getHeight() + metrics.getAscent() - metrics.getDescent()) / 2);
        } finally {
            canvas.dispose();
        }
    }

    private Color ground() {
        if (!isEnabled()) {
            return Tone.LINE.color();
        }
        Color accent = Tone.ACCENT.color();
        return getModel().isArmed() ? accent.darker() : accent;
    }
}
