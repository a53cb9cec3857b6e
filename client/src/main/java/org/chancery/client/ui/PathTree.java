package org.chancery.client.ui;

import java.awt.BasicStroke;
import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;
import java.util.List;
import javax.swing.JPanel;

/// Who vouches for whom, from the root down to the certificate itself.
final class PathTree extends JPanel {
    private static final int ROW = 22;
    private static final int STEP = 14;

    private List<String> names = List.of();

    PathTree() {
        setOpaque(false);
        getAccessibleContext().setAccessibleName("Certificate path");
    }

    /// @param pathNames the certificate's own name first, the root's last
    void show(List<String> pathNames) {
        Edt.require();
        names = pathNames.reversed();
        getAccessibleContext().setAccessibleDescription(String.join(", then ", names));
        revalidate();
        repaint();
    }

    @Override
    public Dimension getPreferredSize() {
        return new Dimension(80, names.size() * ROW);
    }

    @Override
    protected void paintComponent(Graphics graphics) {
        Graphics2D canvas = Canvas.of(graphics);
        for (int i = 0; i < names.size(); i++) {
            boolean leaf = i == names.size() - 1;
            int x = i * STEP;
            int baseline = i * ROW + 15;
            if (i > 0) {
                elbow(canvas, x - STEP + 3, baseline);
            }
            canvas.setFont((leaf ? Type.PREVIEW_STRONG : Type.PREVIEW).font());
            canvas.setColor(Tone.INK.color());
            canvas.drawString(Canvas.fit(canvas.getFontMetrics(), names.get(i), getWidth() - x), x, baseline);
        }
        canvas.dispose();
    }

    private static void elbow(Graphics2D canvas, int x, int baseline) {
        Path2D elbow = new Path2D.Double();
        elbow.moveTo(x + 0.5, baseline - 15);
        elbow.lineTo(x + 0.5, baseline - 4.5);
        elbow.lineTo(x + 7, baseline - 4.5);
        canvas.setColor(Tone.ABSENT.color());
        canvas.setStroke(new BasicStroke(1));
        canvas.draw(elbow);
    }
}
