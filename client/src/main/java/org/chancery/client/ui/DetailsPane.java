package org.chancery.client.ui;

import java.awt.BorderLayout;
import java.awt.Dimension;
import javax.swing.JComponent;
import net.miginfocom.swing.MigLayout;
import org.chancery.client.chat.Contact;
import org.chancery.client.chat.ContactDevice;
import org.chancery.client.chat.SelfView;

/// The right pane: who the contact is and what vouches for them, for people who are not experts.
final class DetailsPane {
    private static final int WIDTH = 276;

    private final Times times;
    private final SelfView self;
    private final Pane pane = new Pane(Tone.GROUND, new BorderLayout());
    private final Face face = new Face(64, Tone.GROUND);
    private final Words name = new Words(Type.STRONG, Tone.INK, "");
    private final Words address = new Words(Type.SMALL, Tone.DIM, "");
    private final Pane facts =
            new Pane(Tone.GROUND, new MigLayout("insets 0, gap 0, wrap 1, fillx", "[grow, fill, 0::]"));

    DetailsPane(Times times, SelfView self) {
        Edt.require();
        this.times = times;
        this.self = self;
        Pane content = new Pane(Tone.GROUND, new MigLayout("insets 18, gap 0, wrap 1, fillx", "[grow, fill, 0::]"));
        Pane top = new Pane(
                Tone.GROUND, new MigLayout("insets 0, gap 0", "[]12[grow, fill, 0::]", "push[bottom]2[top]push"));
        top.add(face, "spany 2");
        top.add(name, "wmin 0, wrap");
        top.add(address, "wmin 0");
        content.add(top);
        content.add(facts, "wmin 0");
        pane.add(content, BorderLayout.NORTH);
        pane.setPreferredSize(new Dimension(WIDTH, 0));
        pane.setBorder(new Edge(Edge.Side.LEFT));
        pane.getAccessibleContext().setAccessibleName("Details");
    }

    JComponent component() {
        return pane;
    }

    void show(Contact contact) {
        Edt.require();
        face.show(Portrait.of(contact));
        name.setText(contact.displayName());
        address.setText(contact.address().value());
        facts.removeAll();
        path(contact);
        devices(contact);
        root();
        facts.revalidate();
        facts.repaint();
    }

    private void path(Contact contact) {
        section("CERTIFICATE PATH");
        TrustLine line = TrustLine.of(contact, times);
        contact.devices().stream().findFirst().ifPresent(device -> {
            PathTree tree = new PathTree();
            tree.show(device.pathNames());
            facts.add(tree, "wmin 0");
        });
        String verdict = line.good() ? "The certificate is " + line.validity() + " and not revoked." : line.sentence();
        facts.add(new Paragraph(Type.SMALL, line.good() ? Tone.DIM : Tone.BAD, verdict), "wmin 0, gaptop 6");
    }

    private void devices(Contact contact) {
        if (contact.devices().isEmpty()) {
            return;
        }
        section("DEVICES");
        for (ContactDevice device : contact.devices()) {
            Pane row = new Pane(Tone.GROUND, new MigLayout("insets 0, gap 0", "[88!][grow, fill, 0::]"));
            row.add(new Words(Type.FIXED, Tone.INK, Digits.brief(device.device().hex())));
            row.add(new Words(Type.SMALL, Tone.DIM, "known since " + times.date(device.since())), "wmin 0");
            facts.add(row, "gapbottom 4");
        }
    }

    private void root() {
        section("ROOT FINGERPRINT");
        facts.add(new Digits("Root fingerprint", self.rootFingerprint()).component());
        facts.add(
                new Paragraph(
                        Type.SMALL,
                        Tone.DIM,
                        "Compare it with what your authority published. It is the same for everybody here."),
                "wmin 0, gaptop 6");
    }

    private void section(String title) {
        facts.add(new Words(Type.SECTION, Tone.FAINT, title), "gaptop 18, gapbottom 6");
    }
}
