package org.chancery.client.ui;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.Image;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.Stream;
import javax.swing.JComponent;

/// The sign of the house, a seal with a check mark, as a component and as the window's icon.
final class SealSign extends JComponent {
    private static final int SCALLOPS = 12;

    private final int size;

    SealSign(int size) {
        this.size = size;
    }

    /// In the sizes desktops ask for.
    static List<Image> icons() {
        return Stream.of(16, 32, 48, 64, 128).map(SealSign::icon).toList();
    }

    private static Image icon(int size) {
        BufferedImage image = new BufferedImage(size, size, BufferedImage.TYPE_INT_ARGB);
        Graphics2D graphics = image.createGraphics();
        paint(graphics, size, Tone.ACCENT.in(false), Color.WHITE);
        graphics.dispose();
        return image;
    }

    @Override
    public Dimension getPreferredSize() {
        return new Dimension(size, size);
    }

    @Override
    protected void paintComponent(Graphics graphics) {
        paint(graphics, size, Tone.ACCENT.color(), Tone.GROUND.color());
    }

    private static void paint(Graphics graphics, double size, Color wax, Color sign) {
        Graphics2D canvas = Canvas.of(graphics);
        canvas.scale(size / 64, size / 64);
        Area seal = new Area(new Ellipse2D.Double(7, 7, 50, 50));
        for (int i = 0; i < SCALLOPS; i++) {
            double angle = 2 * Math.PI * i / SCALLOPS;
            seal.add(new Area(new Ellipse2D.Double(
                    32 + 23.5 * Math.cos(angle) - 7.5, 32 + 23.5 * Math.sin(angle) - 7.5, 15, 15)));
        }
        canvas.setColor(wax);
        canvas.fill(seal);
        canvas.setColor(sign);
        canvas.setStroke(new BasicStroke(5.5f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        Path2D check = new Path2D.Double();
        check.moveTo(21, 33);
        check.lineTo(29, 41);
        check.lineTo(44, 24.5);
        canvas.draw(check);
        canvas.dispose();
    }
}
