package org.chancery.client.ui;

import java.awt.Color;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.LayoutManager;
import java.awt.geom.RoundRectangle2D;
import javax.swing.JPanel;
import org.jspecify.annotations.Nullable;

/// A plain or rounded ground for other components, in a tone that follows the theme.
final class Pane extends JPanel {
    private final int radius;
    private @Nullable Tone ground;
    private @Nullable Tone line;

    Pane(Tone ground, LayoutManager layout) {
        this(ground, 0, layout);
    }

    Pane(Tone ground, int radius, LayoutManager layout) {
        super(layout);
        this.ground = ground;
        this.radius = radius;
        setOpaque(radius == 0);
    }

    void ground(Tone changed) {
        ground = changed;
        repaint();
    }

    /// Draws the outline of a rounded pane.
    void line(Tone changed) {
        line = changed;
        repaint();
    }

    @Override
    public Color getBackground() {
        return ground == null ? super.getBackground() : ground.color(); // null while the superclass constructs
    }

    @Override
    protected void paintComponent(Graphics graphics) {
        if (radius == 0) {
            super.paintComponent(graphics);
            return;
        }
        Graphics2D canvas = Canvas.of(graphics);
        try {
            double inset = line == null ? 0 : 0.5;
            RoundRectangle2D shape = new RoundRectangle2D.Double(
                    inset, inset, getWidth() - 2 * inset, getHeight() - 2 * inset, 2.0 * radius, 2.0 * radius);
            canvas.setColor(getBackground());
            canvas.fill(shape);
            if (line != null) {
                canvas.setColor(line.color());
                canvas.draw(shape);
            }
        } finally {
            canvas.dispose();
        }
    }
}
