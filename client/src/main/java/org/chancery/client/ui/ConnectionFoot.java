package org.chancery.client.ui;

import java.awt.BasicStroke;
import java.awt.Dimension;
import java.awt.Graphics;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.time.Duration;
import java.time.Instant;
import javax.swing.JButton;
import javax.swing.JComponent;
import net.miginfocom.swing.MigLayout;

/// How the connection is and until when one's own certificate holds, in words.
final class ConnectionFoot {
    /// From here on the end of the certificate is no longer a quiet remark.
    private static final Duration SOON = Duration.ofDays(30);

    private final ChatModel model;
    private final Pane pane =
            new Pane(Tone.SIDE, new MigLayout("insets 10 18 12 14, gap 0", "[]8[grow, fill, 0::]", "[]2[]"));
    private final Sign sign = new Sign();
    private final Paragraph sentence = new Paragraph(Type.SMALL, Tone.DIM, "");
    private final Words certificate = new Words(Type.SMALL, Tone.DIM, "");
    private final JButton retry = new JButton("Try now");

    ConnectionFoot(ChatModel model) {
        this.model = model;
        sentence.getAccessibleContext().setAccessibleName("Connection");
        retry.setFont(Type.SMALL.font());
        retry.addActionListener(_ -> model.retry());
        pane.add(sign, "aligny top, gaptop 3");
        pane.add(sentence, "wmin 0, wrap");
        pane.add(certificate, "skip 1, wmin 0, hidemode 3, wrap");
        pane.add(retry, "skip 1, gaptop 8, growx 0, h 28!, hidemode 3");
    }

    JComponent component() {
        return pane;
    }

    void refresh() {
        Edt.require();
        ConnectionLine line = model.connection();
        if (!line.sentence().equals(sentence.getText())) {
            sentence.setText(line.sentence());
        }
        sentence.tone(line.loud() ? Tone.BAD : Tone.DIM);
        sign.show(line);
        retry.setVisible(line.retry());
        Instant end = model.self().certificateNotAfter();
        Instant now = model.times().now();
        certificate.setText((end.isAfter(now) ? "Certificate valid until " : "Certificate expired on ")
                + model.times().date(end));
        certificate.setVisible(!line.loud()); // what it says may be what has ended
        certificate.tone(end.isAfter(now.plus(SOON)) ? Tone.DIM : end.isAfter(now) ? Tone.WARN : Tone.BAD);
    }

    /// Filled when connected, a ring when not.
    private static final class Sign extends JComponent {
        private boolean connected;
        private boolean loud;

        void show(ConnectionLine line) {
            connected = line.connected();
            loud = line.loud();
            repaint();
        }

        @Override
        public Dimension getPreferredSize() {
            return new Dimension(10, 10);
        }

        @Override
        protected void paintComponent(Graphics graphics) {
            Graphics2D canvas = Canvas.of(graphics);
            canvas.setColor((connected ? Tone.PRESENT : loud ? Tone.BAD : Tone.ABSENT).color());
            if (connected) {
                canvas.fill(new Ellipse2D.Double(1, 1, 8, 8));
            } else {
                canvas.setStroke(new BasicStroke(1.6f));
                canvas.draw(new Ellipse2D.Double(1.8, 1.8, 6.4, 6.4));
            }
            canvas.dispose();
        }
    }
}
