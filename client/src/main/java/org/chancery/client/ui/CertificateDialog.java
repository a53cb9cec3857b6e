package org.chancery.client.ui;

import java.awt.BorderLayout;
import java.awt.Window;
import java.awt.event.KeyEvent;
import javax.swing.JComponent;
import javax.swing.JDialog;
import javax.swing.KeyStroke;
import net.miginfocom.swing.MigLayout;
import org.chancery.client.chat.SelfView;

/// One's own certificate in words.
final class CertificateDialog {
    private static final int WIDTH = 340;

    private CertificateDialog() {}

    static void show(Window owner, SelfView self, Times times) {
        Edt.require();
        JDialog dialog = new JDialog(owner, "My certificate");
        AccentButton close = new AccentButton("Close");
        close.addActionListener(_ -> dialog.dispose());
        dialog.getRootPane().setDefaultButton(close);
        dialog.getRootPane()
                .registerKeyboardAction(
                        _ -> dialog.dispose(),
                        KeyStroke.getKeyStroke(KeyEvent.VK_ESCAPE, 0),
                        JComponent.WHEN_IN_FOCUSED_WINDOW);
        dialog.add(content(self, times, close), BorderLayout.CENTER);
        dialog.pack();
        dialog.pack(); // wrapped text knows its height only once its width is set
        dialog.setLocationRelativeTo(owner);
        dialog.setVisible(true);
        close.requestFocusInWindow();
    }

    private static JComponent content(SelfView self, Times times, AccentButton close) {
        Pane pane = new Pane(Tone.GROUND, new MigLayout("insets 20, gap 0, wrap 1", "[" + WIDTH + "!, fill]"));
        Face face = new Face(48, Tone.GROUND);
        face.show(Portrait.of(self.address(), self.displayName()));
        Pane top = new Pane(
                Tone.GROUND, new MigLayout("insets 0, gap 0", "[]12[grow, fill, 0::]", "push[bottom]2[top]push"));
        top.add(face, "spany 2");
        top.add(new Words(Type.TITLE, Tone.INK, self.displayName()), "wmin 0, wrap");
        top.add(new Words(Type.SMALL, Tone.DIM, self.address().value()), "wmin 0");
        pane.add(top);
        section(pane, "CERTIFICATE PATH");
        PathTree path = new PathTree();
        path.show(self.pathNames());
        pane.add(path);
        pane.add(new Words(Type.SMALL, Tone.DIM, "Valid until " + times.date(self.certificateNotAfter())), "gaptop 6");
        section(pane, "THIS DEVICE");
        pane.add(new Digits("Device", self.device().hex()).component());
        section(pane, "ROOT FINGERPRINT");
        pane.add(new Digits("Root fingerprint", self.rootFingerprint()).component());
        pane.add(close, "gaptop 20, alignx right, growx 0");
        return pane;
    }

    private static void section(Pane pane, String title) {
        pane.add(new Words(Type.SECTION, Tone.FAINT, title), "gaptop 18, gapbottom 6");
    }
}
