package org.chancery.client.ui;

import java.awt.BorderLayout;
import java.awt.event.KeyEvent;
import java.util.Arrays;
import java.util.Optional;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JDialog;
import javax.swing.JFrame;
import javax.swing.JPasswordField;
import javax.swing.KeyStroke;
import javax.swing.WindowConstants;
import net.miginfocom.swing.MigLayout;
import org.chancery.pki.keystore.Passphrase;
import org.jspecify.annotations.Nullable;

/// Asks for the passphrase of a keystore where there is no terminal to ask at.
public final class PassphraseDialog {
    private static final int WIDTH = 340;

    private final JDialog dialog = new JDialog((JFrame) null, "Chancery", true);
    private final JPasswordField field = new JPasswordField();
    private @Nullable Passphrase given;

    private PassphraseDialog(String keystoreName, Optional<String> problem) {
        field.setFont(Type.TEXT.font());
        field.getAccessibleContext().setAccessibleName("Passphrase of " + keystoreName);
        AccentButton unlock = new AccentButton("Unlock");
        unlock.addActionListener(_ -> take());
        JButton cancel = new JButton("Cancel");
        cancel.setFont(Type.TEXT.font());
        cancel.addActionListener(_ -> dialog.dispose());
        Pane pane = new Pane(Tone.GROUND, new MigLayout("insets 24, gap 0, wrap 1", "[" + WIDTH + "!, fill]"));
        pane.add(new SealSign(40), "growx 0, gapbottom 14");
        pane.add(new Words(Type.TITLE, Tone.INK, "Unlock " + keystoreName), "wmin 0");
        pane.add(new Words(Type.PREVIEW, Tone.DIM, "The passphrase opens your key on this computer."), "gaptop 4");
        pane.add(field, "gaptop 14, h 36!");
        problem.ifPresent(words -> pane.add(new Paragraph(Type.PREVIEW, Tone.BAD, words), "gaptop 8, wmin 0"));
        Pane buttons = new Pane(Tone.GROUND, new MigLayout("insets 0, gap 8", "push[][]", "[fill]"));
        buttons.add(cancel, "h 32!");
        buttons.add(unlock);
        pane.add(buttons, "gaptop 20");
        dialog.add(pane, BorderLayout.CENTER);
        dialog.setIconImages(SealSign.icons());
        dialog.setResizable(false);
        dialog.setDefaultCloseOperation(WindowConstants.DISPOSE_ON_CLOSE);
        dialog.getRootPane().setDefaultButton(unlock);
        dialog.getRootPane()
                .registerKeyboardAction(
                        _ -> dialog.dispose(),
                        KeyStroke.getKeyStroke(KeyEvent.VK_ESCAPE, 0),
                        JComponent.WHEN_IN_FOCUSED_WINDOW);
        dialog.pack();
        dialog.pack(); // wrapped text knows its height only once its width is set
        dialog.setLocationRelativeTo(null);
    }

    /// Shows the dialog and waits for the person. Not for the event thread.
    ///
    /// @param keystoreName what is to be unlocked, e.g. `alice.p12`
    /// @param problem why it is asked again, if it is
    /// @return empty when the person gave up; the caller closes the passphrase
    /// @throws InterruptedException when the calling thread is interrupted
    public static Optional<Passphrase> ask(String keystoreName, Optional<String> problem) throws InterruptedException {
        return Edt.call(() -> {
            Theme.configured().install();
            PassphraseDialog asking = new PassphraseDialog(keystoreName, problem);
            asking.dialog.setVisible(true); // returns when it is closed
            return Optional.ofNullable(asking.given);
        });
    }

    private void take() {
        char[] typed = field.getPassword();
        given = Passphrase.of(typed);
        Arrays.fill(typed, '\0');
        field.setText("");
        dialog.dispose();
    }
}
