package org.chancery.client.ui;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.RoundRectangle2D;

/// The window's few signs, drawn as lines in a 16 by 16 field so that they are sharp at every scale.
enum Mark {
    CHECK {
        @Override
        void draw(Graphics2D canvas) {
            canvas.draw(path(3, 8.5, 6.5, 12, 13, 4.5));
        }
    },
    CLOCK {
        @Override
        void draw(Graphics2D canvas) {
            canvas.draw(new Ellipse2D.Double(2.5, 2.5, 11, 11));
            canvas.draw(path(8, 5, 8, 8.3, 10.3, 9.6));
        }
    },
    FAILED {
        @Override
        void draw(Graphics2D canvas) {
            canvas.draw(new Ellipse2D.Double(2.5, 2.5, 11, 11));
            canvas.draw(new Line2D.Double(8, 5, 8, 8.7));
            canvas.fill(new Ellipse2D.Double(7.1, 10.2, 1.8, 1.8));
        }
    },
    INFO {
        @Override
        void draw(Graphics2D canvas) {
            canvas.draw(new Ellipse2D.Double(2, 2, 12, 12));
            canvas.draw(new Line2D.Double(8, 7.4, 8, 11));
            canvas.fill(new Ellipse2D.Double(7.1, 4.3, 1.8, 1.8));
        }
    },
    MORE {
        @Override
        void draw(Graphics2D canvas) {
            for (int dot = 0; dot < 3; dot++) {
                canvas.fill(new Ellipse2D.Double(2 + dot * 4.75, 6.75, 2.5, 2.5));
            }
        }
    },
    FIND {
        @Override
        void draw(Graphics2D canvas) {
            canvas.draw(new Ellipse2D.Double(2.5, 2.5, 8, 8));
            canvas.draw(new Line2D.Double(9.5, 9.5, 13.5, 13.5));
        }
    },
    CLOSE {
        @Override
        void draw(Graphics2D canvas) {
            canvas.draw(new Line2D.Double(4, 4, 12, 12));
            canvas.draw(new Line2D.Double(12, 4, 4, 12));
        }
    },
    LOCK {
        @Override
        void draw(Graphics2D canvas) {
            canvas.draw(new RoundRectangle2D.Double(3, 7, 10, 7, 3, 3));
            Path2D shackle = new Path2D.Double();
            shackle.moveTo(5, 7);
            shackle.lineTo(5, 5);
            shackle.curveTo(5, 1, 11, 1, 11, 5);
            shackle.lineTo(11, 7);
            canvas.draw(shackle);
        }
    };

    private static final double FIELD = 16;

    abstract void draw(Graphics2D canvas);

    /// Draws the sign into a square of `size` with its upper left corner at `x`, `y`.
    void paint(Graphics graphics, double x, double y, double size, Color colour) {
        Graphics2D canvas = Canvas.of(graphics);
        try {
            canvas.translate(x, y);
            canvas.scale(size / FIELD, size / FIELD);
            canvas.setColor(colour);
            float width = (float) (1.4 * FIELD / Math.max(size, 12));
            canvas.setStroke(new BasicStroke(width, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
            draw(canvas);
        } finally {
            canvas.dispose();
        }
    }

    private static Path2D path(double... points) {
        Path2D path = new Path2D.Double();
        path.moveTo(points[0], points[1]);
        for (int i = 2; i < points.length; i += 2) {
            path.lineTo(points[i], points[i + 1]);
        }
        return path;
    }
}
