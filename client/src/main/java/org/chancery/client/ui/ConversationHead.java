package org.chancery.client.ui;

import java.awt.Dimension;
import java.awt.Graphics;
import javax.swing.JComponent;
import net.miginfocom.swing.MigLayout;
import org.chancery.client.chat.Contact;
import org.chancery.client.chat.Trust;

/// Whom the conversation is with, and what vouches for them.
final class ConversationHead {
    private final Pane pane = new Pane(
            Tone.GROUND,
            new MigLayout("insets 0 20 0 16, gap 0, filly", "[]12[]6[grow, fill, 0::]8[]", "push[bottom]0[top]push"));
    private final Face face = new Face(36, Tone.GROUND);
    private final Words name = new Words(Type.STRONG, Tone.INK, "");
    private final TrustSign sign = new TrustSign();
    private final Words trust = new Words(Type.SMALL, Tone.ACCENT, "");

    /// @param details shows or hides the pane with the details
    ConversationHead(Runnable details) {
        MarkButton info = new MarkButton(Mark.INFO, "Details of this contact");
        info.addActionListener(_ -> details.run());
        pane.setBorder(new Edge(Edge.Side.BOTTOM));
        pane.add(face, "spany 2, aligny center");
        pane.add(name, "spanx 2, wmin 0");
        pane.add(info, "spany 2, aligny center, wrap");
        pane.add(sign, "aligny top, gaptop 1");
        pane.add(trust, "wmin 0");
        pane.setPreferredSize(new Dimension(0, 64));
    }

    JComponent component() {
        return pane;
    }

    void show(Contact contact, TrustLine line) {
        Edt.require();
        face.show(Portrait.of(contact));
        if (contact.trust() != Trust.REVOKED) {
            face.present(contact.online());
        }
        name.setText(contact.displayName());
        trust.setText(line.sentence());
        trust.tone(line.good() ? Tone.ACCENT : Tone.BAD);
        sign.good(line.good());
    }

    /// A lock for a contact that can be sealed to, an exclamation mark for one that cannot.
    private static final class TrustSign extends JComponent {
        private static final int SIZE = 13;

        private boolean good;

        void good(boolean sealable) {
            good = sealable;
            repaint();
        }

        @Override
        public Dimension getPreferredSize() {
            return new Dimension(SIZE, SIZE);
        }

        @Override
        protected void paintComponent(Graphics graphics) {
            (good ? Mark.LOCK : Mark.FAILED).paint(graphics, 0, 0, SIZE, (good ? Tone.ACCENT : Tone.BAD).color());
        }
    }
}
