package org.chancery.client.ui;

import java.awt.Component;
import java.awt.Graphics;
import java.awt.Insets;
import javax.swing.border.AbstractBorder;

/// A hairline at one side of a pane.
final class Edge extends AbstractBorder {
    /// The side of the pane the line is drawn at.
    enum Side {
        TOP,
        LEFT,
        BOTTOM,
        RIGHT
    }

    private final Side side;

    Edge(Side side) {
        this.side = side;
    }

    @Override
    public void paintBorder(Component component, Graphics graphics, int x, int y, int width, int height) {
        graphics.setColor(Tone.LINE.color());
        switch (side) {
            case TOP -> graphics.fillRect(x, y, width, 1);
            case LEFT -> graphics.fillRect(x, y, 1, height);
            case BOTTOM -> graphics.fillRect(x, y + height - 1, width, 1);
            case RIGHT -> graphics.fillRect(x + width - 1, y, 1, height);
        }
    }

    @Override
    public Insets getBorderInsets(Component component, Insets insets) {
        insets.set(
                side == Side.TOP ? 1 : 0,
                side == Side.LEFT ? 1 : 0,
                side == Side.BOTTOM ? 1 : 0,
                side == Side.RIGHT ? 1 : 0);
        return insets;
    }
}
